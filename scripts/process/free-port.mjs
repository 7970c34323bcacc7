import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Below the range that Linux (32768 and up) and macOS (49152 and up) take the near ends of outgoing connections from: a port
 * of that range may be lent to a connection between the moment it is found free and the moment it is listened on.
 */
const LISTENERS = { from: 15_000, below: 32_000 };

/** "free", or the system's error code for listening there now (EADDRINUSE, EACCES, EADDRNOTAVAIL ...). */
export async function probePort(port, host = "127.0.0.1") {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve("free")));
  });
}

/**
 * As `probePort`, asked again for `patienceMs` while the port is taken: the system frees the port of a process that was
 * ended by force a moment after the process itself is gone.
 */
export async function probePortPatiently(port, host, patienceMs) {
  const until = Date.now() + patienceMs;
  for (;;) {
    const found = await probePort(port, host);
    if (found !== "EADDRINUSE" || Date.now() >= until) return found;
    await sleep(50);
  }
}

/** The preferred port when it is free, else some free one. */
export async function choosePort(preferred, host = "127.0.0.1") {
  if (preferred !== undefined && (await probePort(preferred, host)) === "free") return preferred;
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(LISTENERS.from, LISTENERS.below);
    if ((await probePort(port, host)) === "free") return port;
  }
  throw new Error(`no free port found on ${host} between ${LISTENERS.from} and ${LISTENERS.below}`);
}
