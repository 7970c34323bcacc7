import { spawn } from "node:child_process";

const running = new Set();

/**
 * Runs a program to its end and returns its exit code, signal and output (the last 200,000 characters). `onLine` gets each
 * line as it comes; `inherit` gives it the terminal instead. Rejects when it could not be started.
 */
export async function runProgram(program, args, { cwd, env = process.env, onLine, inherit = false } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"] });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    stream.setEncoding("utf8");
    let rest = "";
    stream.on("data", (text) => {
      output = (output + text).slice(-200_000);
      if (onLine === undefined) return;
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    });
    stream.on("end", () => {
      if (rest !== "") onLine?.(rest);
    });
  }
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code, signal, output });
    });
  });
}

/** Passes a signal on to the programs that run now: one sent to this process alone would leave them behind. */
export function signalPrograms(signal) {
  for (const child of running) child.kill(signal);
}
