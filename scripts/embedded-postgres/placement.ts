import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { usesGlibc } from "../bootstrap/preflight.mjs";
import { OperatorError } from "../operator-error.mjs";
import { signalIfAlive } from "../process/process-identity.mjs";
import { copyBinaries, findBinaries, type PostgresBinaries, probeBinaries } from "./binaries";
import type { ClusterRecord } from "./cluster-files";
import { livePostmaster } from "./postmaster-file";
import { canEnter, type ServerAccount, serverAccount } from "./server-account";

/** Where one cluster lives and as whom its server runs. */
export interface Placement {
  /** PostgreSQL's data folder (PGDATA); may not exist yet. */
  readonly clusterDirectory: string;
  readonly binaries: PostgresBinaries;
  /** Set only for root, who must run the server as somebody else. */
  readonly account: ServerAccount | undefined;
}

/**
 * Decides where the cluster of `dataDirectory` lives: in `<dataDirectory>/postgres`, with the binaries of node_modules.
 * Root's server user can often reach neither (a clone in /root, mode 0700): then both lie in a system folder, and
 * `announce` says where. A place that was chosen once (`record`) is kept.
 */
export function placeCluster(
  dataDirectory: string,
  record: ClusterRecord | undefined,
  announce: (line: string) => void,
): Placement {
  const account = serverAccount(announce);
  const installed = findBinaries();
  if (account === undefined) {
    const placement = { clusterDirectory: join(dataDirectory, "postgres"), binaries: installed, account };
    requireRunnable(placement);
    requireOwn(placement.clusterDirectory);
    return placement;
  }
  const clusterDirectory = rootClusterDirectory(dataDirectory, record, account);
  const binaries = probeBinaries(installed, account).ok ? installed : copyBinaries(installed, systemFolder());
  if (!clusterDirectory.startsWith(dataDirectory) || binaries !== installed) {
    announce(
      `you are root, so PostgreSQL runs as user ${account.name}; data in ${clusterDirectory}, programs in ${binaries.directory}`,
    );
  }
  const placement = { clusterDirectory, binaries, account };
  requireRunnable(placement);
  return placement;
}

/** Gives a folder made by root to the server's user; nothing to do for everybody else. */
export function giveTo(account: ServerAccount | undefined, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

function rootClusterDirectory(
  dataDirectory: string,
  record: ClusterRecord | undefined,
  account: ServerAccount,
): string {
  if (record !== undefined && existsSync(record.clusterDirectory)) {
    return keepWithOwner(record.clusterDirectory, account);
  }
  if (canEnter(account, dataDirectory)) return keepWithOwner(join(dataDirectory, "postgres"), account);
  const name = `${basename(dirname(dataDirectory)).replace(/[^\w.-]/g, "_")}-${createHash("sha256").update(dataDirectory).digest("hex").slice(0, 10)}`;
  const home = join(systemFolder(), name);
  // Without a record the data folder is new (or was removed to start afresh): what an earlier one left is kept aside.
  if (existsSync(join(home, "postgres"))) setAside(home);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  giveTo(account, home);
  return join(home, "postgres");
}

/** A cluster moved to another machine's numbering, or made by another user, is handed to the account that will run it. */
function keepWithOwner(clusterDirectory: string, account: ServerAccount): string {
  if (isCluster(clusterDirectory) && statSync(clusterDirectory).uid !== account.uid) {
    throw new OperatorError(
      `The database in ${clusterDirectory} belongs to another user than ${account.name}, as whom PostgreSQL runs for root.`,
      `start as the user who made it, or give it away once: chown -R ${account.name} "${clusterDirectory}"`,
    );
  }
  return clusterDirectory;
}

function setAside(home: string): void {
  const server = livePostmaster(join(home, "postgres"));
  if (server !== undefined) signalIfAlive(server.process, "SIGINT");
  const taken = new Set(readdirSync(dirname(home)));
  let number = 1;
  while (taken.has(`${basename(home)}.old${number}`)) number += 1;
  renameSync(home, `${home}.old${number}`);
}

function systemFolder(): string {
  const folder = process.platform === "darwin" ? "/usr/local/var/mq-steward" : "/var/lib/mq-steward";
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return folder;
  } catch (cause) {
    throw new OperatorError(
      `You are root, PostgreSQL's own user cannot reach this folder, and ${folder} cannot be created for it.`,
      "start as an ordinary user, move the project to a folder everybody can enter, or set DATABASE_URL",
      { cause },
    );
  }
}

function requireRunnable({ binaries, account }: Placement): void {
  const probe = probeBinaries(binaries, account);
  if (probe.ok) return;
  const musl = process.platform === "linux" && !usesGlibc();
  throw new OperatorError(
    musl
      ? "The embedded PostgreSQL needs glibc; this system (Alpine or similar) uses musl."
      : `The embedded PostgreSQL cannot run here: ${probe.reason}`,
    "set DATABASE_URL to a PostgreSQL 15 or newer of your own",
  );
}

function requireOwn(clusterDirectory: string): void {
  if (!isCluster(clusterDirectory)) return;
  const owner = statSync(clusterDirectory).uid;
  if (process.getuid !== undefined && owner !== process.getuid()) {
    throw new OperatorError(
      `The database in ${clusterDirectory} belongs to another user (id ${owner}); it was probably made as root.`,
      "start as that user, or choose another folder with MQ_STEWARD_DATA_DIR",
    );
  }
}

function isCluster(directory: string): boolean {
  return existsSync(join(directory, "PG_VERSION"));
}
