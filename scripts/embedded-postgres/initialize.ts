import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { OperatorError } from "../operator-error.mjs";
import { giveTo, type Placement } from "./placement";
import type { Durability } from "./server-settings";

/** The cluster's superuser; the product itself connects as the ordinary role APPLICATION_ROLE. */
export const SUPERUSER = "postgres";

/**
 * Refuses a data folder that another major version of PostgreSQL wrote. Returns whether there is a cluster at all.
 */
export function clusterExists({ clusterDirectory, binaries }: Placement): boolean {
  const versionFile = join(clusterDirectory, "PG_VERSION");
  if (!existsSync(versionFile)) {
    if (!existsSync(clusterDirectory) || readdirSync(clusterDirectory).length === 0) return false;
    throw new OperatorError(
      `${clusterDirectory} is not empty, and it is no PostgreSQL data folder.`,
      "move it aside, or choose another folder with MQ_STEWARD_DATA_DIR",
    );
  }
  const found = readFileSync(versionFile, "utf8").trim();
  if (found === binaries.majorVersion) return true;
  throw new OperatorError(
    `The database in ${clusterDirectory} was written by PostgreSQL ${found}; this release brings ${binaries.majorVersion}, which cannot read it.`,
    [
      `to keep the data, run pg_dump of PostgreSQL ${found} or newer with the release that wrote it, move the folder aside, start this release once, and load the dump`,
      "to begin anew, move the folder aside and start again",
      "or set DATABASE_URL to a PostgreSQL of your own",
    ].join("; "),
  );
}

/**
 * Makes an empty cluster. It is built under another name and moved into place when complete, so that a start that was
 * interrupted leaves nothing half-made behind.
 */
export async function initializeCluster(
  { clusterDirectory, binaries, account }: Placement,
  password: string,
  durability: Durability,
): Promise<void> {
  const parent = dirname(clusterDirectory);
  const draftPrefix = `${basename(clusterDirectory)}.new-`;
  for (const name of readdirSync(parent)) {
    if (name.startsWith(draftPrefix)) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const workFolder = join(parent, `${draftPrefix}${process.pid}`);
  mkdirSync(workFolder, { mode: 0o700 });
  giveTo(account, workFolder);
  const passwordFile = join(workFolder, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(account, passwordFile);
  const draft = join(workFolder, "cluster");
  try {
    await run(
      join(binaries.directory, "bin", "initdb"),
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The built-in provider sorts alike on every operating system and needs no locale of the machine.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        ...(durability === "scratch" ? ["--no-sync"] : []),
      ],
      account,
    );
    rmSync(clusterDirectory, { recursive: true, force: true }); // empty, as clusterExists has seen
    renameSync(draft, clusterDirectory);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

async function run(program: string, args: string[], account: Placement["account"]): Promise<void> {
  const child = spawn(program, args, {
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    cwd: "/",
    env: serverEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) {
    throw new OperatorError(
      `initdb could not make the database:\n${output.trim()}`,
      "put right what it says (disk space, permissions), or set DATABASE_URL to a PostgreSQL of your own",
    );
  }
}

/** PostgreSQL gets a bare environment: PGPORT, PGDATA or a locale of the caller must not change what it does. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" };
}
