import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { OperatorError } from "../operator-error.mjs";
import { withLock } from "../process/file-lock.mjs";
import { choosePort } from "../process/free-port.mjs";
import { goneWithin, isAlive, type ProcessRef, refOf, signalIfAlive } from "../process/process-identity.mjs";
import { ClusterFiles } from "./cluster-files";
import { clusterExists, initializeCluster, SUPERUSER, serverEnvironment } from "./initialize";
import { type Placement, placeCluster } from "./placement";
import { livePostmaster, readPostmasterFile } from "./postmaster-file";
import { type Durability, serverArguments } from "./server-settings";

/** The ordinary role (no superuser, may create databases) that owns the databases and that the product connects as. */
const APPLICATION_ROLE = "mq_steward";

export interface ClusterOptions {
  /** Folder of the cluster and the files beside it; made when missing. */
  readonly dataDirectory: string;
  readonly durability?: Durability;
  /** Gets one line per step worth telling a person. */
  readonly announce?: (line: string) => void;
}

/** A running server that this process uses. */
export interface Cluster {
  readonly port: number;
  readonly clusterDirectory: string;
  /** True when the server was already running: of an earlier start that was killed, or of another user. */
  readonly adopted: boolean;
  /** Connection string of a database on it, by default the product's own. */
  url(database?: string): string;
  /** The server's process. */
  readonly server: ProcessRef;
  isRunning(): boolean;
  /** Makes a database, owned by the product's role, when it is missing. */
  ensureDatabase(name: string): Promise<void>;
  /** Gives the server up, and stops it unless another process uses it. `urgent` does not wait for clients' goodbye. */
  release(options?: { urgent?: boolean }): Promise<void>;
}

/** Name of the product's own database. */
export const PRODUCT_DATABASE = "mq_steward";

const READY_TIMEOUT_MS = 90_000; // crash recovery of a large WAL takes its time
const MAX_LOG_BYTES = 5_000_000;

/**
 * Makes sure the cluster of a data directory runs: initialises it the first time, adopts a server that still lives,
 * clears what a dead one left. The server has a session of its own, so a Ctrl-C at the terminal does not reach it.
 * Throws an OperatorError with the way out where a person must act.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const announce = options.announce ?? (() => {});
  const durability = options.durability ?? "durable";
  const files = new ClusterFiles(options.dataDirectory);
  return await withLock(files.lock, async () => {
    const placement = placeCluster(files.dataDirectory, files.readRecord(), announce);
    const exists = clusterExists(placement);
    const password = files.password({ create: !exists });
    const running = exists ? await findRunning(placement, password, announce) : undefined;
    if (!exists) {
      announce(`initialising an empty PostgreSQL ${placement.binaries.majorVersion} database`);
      await initializeCluster(placement, password, durability);
    }
    const { server, port } = running ?? (await startServer(placement, files, durability));
    files.addUser();
    files.writeRecord({ clusterDirectory: placement.clusterDirectory, port });
    await ensureRole(port, password);
    return {
      port,
      clusterDirectory: placement.clusterDirectory,
      adopted: running !== undefined,
      server,
      url: (database = PRODUCT_DATABASE) => connectionString(APPLICATION_ROLE, password, port, database),
      isRunning: () => isAlive(server),
      ensureDatabase: (name) =>
        withLock(files.lock, () => asSuperuser(port, password, (client) => ensureDatabase(client, name))),
      release: ({ urgent = false } = {}) =>
        withLock(files.lock, async () => {
          if (files.removeUser()) await stopWhatRuns(files, urgent);
        }),
    };
  });
}

/**
 * Notes this process as a user of a cluster without starting it, so that a server which others start in the meantime
 * keeps running between them. The returned function gives that up and stops the server if nobody else uses it.
 */
export async function reserveCluster(dataDirectory: string): Promise<() => Promise<void>> {
  const files = new ClusterFiles(dataDirectory);
  await withLock(files.lock, async () => files.addUser());
  return () =>
    withLock(files.lock, async () => {
      if (files.removeUser()) await stopWhatRuns(files, false);
    });
}

async function findRunning(
  placement: Placement,
  password: string,
  announce: (line: string) => void,
): Promise<{ server: ProcessRef; port: number } | undefined> {
  const { clusterDirectory } = placement;
  const live = livePostmaster(clusterDirectory);
  if (live === undefined) {
    if (readPostmasterFile(clusterDirectory) !== undefined) {
      announce("the last database server did not end properly; recovering");
      rmSync(join(clusterDirectory, "postmaster.pid"), { force: true });
    }
    return undefined;
  }
  const port = await untilReady(live.process, clusterDirectory);
  if (port === undefined) return undefined; // it was on its way down and is gone now
  try {
    await asSuperuser(port, password, async (client) => void (await client.query("SELECT 1")));
  } catch (cause) {
    throw new OperatorError(
      `A PostgreSQL server (process ${live.pid}, port ${port}) already runs on ${clusterDirectory}, but refuses us: ${cause instanceof Error ? cause.message : String(cause)}`,
      `end it with \`kill -INT ${live.pid}\` and start again`,
      { cause },
    );
  }
  return { server: live.process, port };
}

/** The port of the server as soon as it accepts connections; undefined when it ended instead. */
async function untilReady(server: ProcessRef, clusterDirectory: string): Promise<number | undefined> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (isAlive(server)) {
    const file = readPostmasterFile(clusterDirectory);
    if (file?.pid === server.pid && file.status === "ready" && file.port !== undefined) return file.port;
    if (performance.now() > deadline) {
      throw new OperatorError(
        `PostgreSQL (process ${server.pid}) has not become ready within ${READY_TIMEOUT_MS / 1000} s.`,
        "look at postgres.log in the data folder; a large recovery may need another start",
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return undefined;
}

async function startServer(
  placement: Placement,
  files: ClusterFiles,
  durability: Durability,
): Promise<{ server: ProcessRef; port: number }> {
  let port = await choosePort(files.readRecord()?.port);
  for (let attempt = 1; ; attempt += 1) {
    const logOffset = rotateLog(files.log);
    const child = spawnServer(placement, files.log, port, durability);
    const server = child.pid === undefined ? undefined : refOf(child.pid);
    const readyPort = server === undefined ? undefined : await untilReady(server, placement.clusterDirectory);
    if (server !== undefined && readyPort !== undefined) return { server, port: readyPort };
    const said = readFileSync(files.log, "utf8").slice(logOffset).trim();
    const portTaken = /Address already in use/.test(said);
    // After a SIGKILL of the server its children need a moment to notice before they let go of the shared memory.
    const stillInUse = /is still in use|lock file .* already exists/.test(said);
    if ((!portTaken && !stillInUse) || attempt >= 20) {
      throw new OperatorError(
        `PostgreSQL did not start:\n${said.split("\n").slice(-8).join("\n")}`,
        `put right what it says; the whole log is ${files.log}`,
      );
    }
    if (portTaken) port = await choosePort(undefined);
    else await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function spawnServer(placement: Placement, logPath: string, port: number, durability: Durability): ChildProcess {
  const { binaries, clusterDirectory, account } = placement;
  const log = openSync(logPath, "a", 0o600);
  try {
    const child = spawn(
      join(binaries.directory, "bin", "postgres"),
      ["-D", clusterDirectory, ...serverArguments(port, durability)],
      {
        ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
        cwd: "/",
        env: serverEnvironment(),
        stdio: ["ignore", log, log],
        detached: true,
      },
    );
    child.on("error", () => {}); // no pid then: reported by the caller
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Keeps one older log. Returns the length of the current one, so that a failure can show just what it added. */
function rotateLog(path: string): number {
  if (!existsSync(path)) return 0;
  const { size } = statSync(path);
  if (size <= MAX_LOG_BYTES) return size;
  renameSync(path, `${path}.1`);
  return 0;
}

/** Stops the server that runs now: another user may have started it again after the one that was opened had died. */
async function stopWhatRuns(files: ClusterFiles, urgent: boolean): Promise<void> {
  const record = files.readRecord();
  const live = record === undefined ? undefined : livePostmaster(record.clusterDirectory);
  if (live !== undefined) await stopServer(live.process, urgent);
}

/** Fast shutdown (clients are cut, everything is written); immediate when that takes too long or time is short. */
async function stopServer(server: ProcessRef, urgent: boolean): Promise<void> {
  if (!signalIfAlive(server, "SIGINT")) return;
  if (await goneWithin(server, urgent ? 5_000 : 30_000)) return;
  signalIfAlive(server, "SIGQUIT");
  if (await goneWithin(server, 10_000)) return;
  throw new OperatorError(`PostgreSQL (process ${server.pid}) does not end.`, `kill -QUIT ${server.pid}`);
}

async function ensureRole(port: number, password: string): Promise<void> {
  await asSuperuser(port, password, async (client) => {
    const roles = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APPLICATION_ROLE]);
    if (roles.rowCount === 0) {
      await client.query(`CREATE ROLE ${APPLICATION_ROLE} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(password)}`);
    }
    await ensureDatabase(client, PRODUCT_DATABASE);
  });
}

async function ensureDatabase(client: Client, name: string): Promise<void> {
  const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (found.rowCount === 1) return;
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${APPLICATION_ROLE}`);
}

async function asSuperuser(port: number, password: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(connectionString(SUPERUSER, password, port, "postgres"));
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function connectionString(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}
