import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** When `pid` started, in a form that only serves comparison; undefined when there is no such live process. */
export function startOf(pid) {
  return process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
}

/** A process as it can be recognised later; undefined when it has already ended. */
export function refOf(pid) {
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started };
}

/** A reference read from a file, or undefined when that is none. */
export function parseRef(value) {
  if (typeof value !== "object" || value === null) return undefined;
  const { pid, started } = value;
  const valid = Number.isInteger(pid) && pid > 0 && typeof started === "string" && started !== "";
  return valid ? { pid, started } : undefined;
}

/** True while the very process that was recorded lives (a zombie does not count). */
export function isAlive(ref) {
  return startOf(ref.pid) === ref.started;
}

/** Sends `signal` only if the recorded process still is that process. Returns whether it was sent. */
export function signalIfAlive(ref, signal) {
  if (!isAlive(ref)) return false;
  try {
    process.kill(ref.pid, signal);
    return true;
  } catch {
    return false; // it ended in between, or belongs to someone else by now
  }
}

/** Resolves true as soon as the process is gone, false when it still lives after `timeoutMs`. */
export async function goneWithin(ref, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(ref)) {
    if (performance.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** Field 22 of /proc/<pid>/stat (clock ticks since boot) and the boot it counts from; see proc(5). */
function startOnLinux(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${bootId()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

let knownBootId;
function bootId() {
  knownBootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim().slice(0, 8);
  return knownBootId;
}

function startByPs(pid) {
  try {
    const [state, ...started] = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    })
      .trim()
      .split(/\s+/);
    return state === undefined || state === "" || state.startsWith("Z") ? undefined : started.join(" ");
  } catch {
    return undefined;
  }
}
