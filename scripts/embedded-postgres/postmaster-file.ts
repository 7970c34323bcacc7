import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type ProcessRef, refOf } from "../process/process-identity.mjs";

/** What a running server says about itself in postmaster.pid. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number | undefined;
  /** "starting", "ready", "stopping" ...; undefined while the file is still being written. */
  readonly status: string | undefined;
}

/** Reads `<directory>/postmaster.pid`; undefined when there is none. Lines as in PostgreSQL's utils/pidfile.h. */
export function readPostmasterFile(directory: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(directory, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Math.abs(Number.parseInt(lines[0] ?? "", 10)); // a single-user backend writes its pid negated
  if (!Number.isInteger(pid) || pid === 0) return { pid: 0, port: undefined, status: undefined };
  const port = Number.parseInt(lines[3] ?? "", 10);
  return { pid, port: Number.isInteger(port) ? port : undefined, status: lines[7]?.trim() || undefined };
}

/**
 * The live server of this data folder, or undefined when the file was left behind by a crash: its pid may be nobody's or,
 * after a restart of the machine, a stranger's. (PostgreSQL itself takes any live process of that number for the
 * server and then refuses to start.)
 */
export function livePostmaster(directory: string): (PostmasterFile & { readonly process: ProcessRef }) | undefined {
  const file = readPostmasterFile(directory);
  if (file === undefined || file.pid === 0) return undefined;
  const process = refOf(file.pid);
  return process !== undefined && worksIn(file.pid, directory) ? { ...file, process } : undefined;
}

/** A postmaster's working directory is its data folder. */
function worksIn(pid: number, directory: string): boolean {
  try {
    if (process.platform === "linux") {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory);
    }
    const command = execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.includes("postgres") && command.includes(directory);
  } catch {
    return false;
  }
}
