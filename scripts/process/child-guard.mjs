/**
 * Loaded into every child before its own program (`node --import`). When the supervisor dies without being able to stop
 * its children (SIGKILL, crash), the channel to it closes: the child then ends as if it had been asked to, so that no
 * port, no job and no connection stays taken.
 */
if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref(); // the listener alone must not keep a finished child alive
}

// With the supervisor gone nobody reads the output; a closed pipe must not cut the orderly end short.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}
