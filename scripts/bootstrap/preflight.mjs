import { accessSync, constants, existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { OperatorError } from "../operator-error.mjs";
import { probePortPatiently } from "../process/free-port.mjs";

const NODE_FLOOR = [20, 19];
const GB = 1024 ** 3;
/** What a system may take to free the port of a process that was just ended by force. */
const PORT_PATIENCE_MS = 2_000;

/** Refuses a Node.js that is too old, before anything else is loaded that could fail on it in a stranger way. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return;
  throw new OperatorError(
    `Node.js ${version} is too old: ${NODE_FLOOR.join(".")} or newer is needed.`,
    "install a current Node.js (24 is recommended), e.g. from https://nodejs.org",
  );
}

/** Refuses Windows outside WSL, for which PostgreSQL's session handling here is not made. */
export function checkPlatform(platform = process.platform) {
  if (platform === "linux" || platform === "darwin") return;
  throw new OperatorError(`${platform} is not supported.`, "on Windows, run it inside WSL 2");
}

/** Refuses a project folder that cannot be written, or a disk that is nearly full. */
export function checkDisk(root, { neededBytes }) {
  try {
    accessSync(root, constants.W_OK);
  } catch (cause) {
    throw new OperatorError(
      `The folder ${root} cannot be written by user ${userName()}.`,
      "start as the user who owns it, or copy the project to a folder of your own",
      { cause },
    );
  }
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  throw new OperatorError(
    `Only ${(free / GB).toFixed(1)} GB are free on the disk of ${root}; ${(neededBytes / GB).toFixed(1)} GB are needed.`,
    "free some space, or move the project to another disk",
  );
}

/** Refuses a data folder that cannot be made or written. */
export function checkDataDirectory(dataDirectory) {
  try {
    mkdirSync(dataDirectory, { recursive: true });
    const probe = join(dataDirectory, `.write-probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (cause) {
    throw new OperatorError(
      `The data folder ${dataDirectory} cannot be written by user ${userName()}: ${cause.message}`,
      "start as the user who owns it, or choose another folder: MQ_STEWARD_DATA_DIR=/some/folder",
      { cause },
    );
  }
}

/** Refuses an address that another program listens on, or that cannot be listened on at all. */
export async function checkPort(host, port, command) {
  const found = await probePortPatiently(port, host.replace(/^\[(.*)\]$/, "$1"), PORT_PATIENCE_MS);
  if (found === "free") return;
  const other = `PORT=${port < 65_000 ? port + 1 : 3001} npm run ${command}`;
  if (found === "EADDRINUSE") {
    throw new OperatorError(`Port ${port} on ${host} is taken by another program.`, `stop that program, or: ${other}`);
  }
  if (found === "EACCES") {
    throw new OperatorError(`User ${userName()} may not listen on port ${port}.`, `choose one above 1023: ${other}`);
  }
  throw new OperatorError(
    `Cannot listen on ${host}, port ${port} (${found}).`,
    "set HOST to an address of this machine",
  );
}

/** Refuses a user without a name: PostgreSQL does not start for one. Only for an embedded database. */
export function checkDatabaseUser() {
  try {
    userInfo();
  } catch (cause) {
    throw new OperatorError(
      `User id ${process.getuid()} has no name on this machine, and PostgreSQL refuses to run without one.`,
      "start as a user that is listed in /etc/passwd, or set DATABASE_URL",
      { cause },
    );
  }
  if (process.platform === "linux" && !usesGlibc()) {
    throw new OperatorError(
      "The embedded PostgreSQL needs glibc; this system (Alpine or similar) uses musl.",
      "set DATABASE_URL to a PostgreSQL 15 or newer of your own, or use a Debian-based system",
    );
  }
}

/** Bytes a start still needs: packages and build the first time, room for the database always. */
export function neededBytes(root) {
  return existsSync(join(root, "node_modules")) ? 0.5 * GB : 2.5 * GB;
}

/** False on Alpine and other systems built on musl, where the embedded PostgreSQL cannot run. */
export function usesGlibc() {
  const { header } = process.report.getReport();
  return header.glibcVersionRuntime !== undefined;
}

function userName() {
  try {
    return userInfo().username;
  } catch {
    return `id ${process.getuid()}`;
  }
}
