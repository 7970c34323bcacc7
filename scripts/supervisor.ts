/**
 * Runs the whole product: database, migrations, worker, web server, and in demo mode the AWS simulator and the demo's
 * history. `npm start` and `npm run demo` come here through scripts/bootstrap.mjs.
 */
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { assertMayListen } from "@/lib/auth/session-secret";
import { type Env, env } from "@/lib/env";
import { checkDatabaseUser, checkDataDirectory, checkNode, checkPlatform, checkPort } from "./bootstrap/preflight.mjs";
import { type PhaseName, Progress } from "./bootstrap/progress.mjs";
import { describeFailure } from "./operator-error.mjs";
import { dataDirectoryHolder, type HeldLock } from "./process/data-directory-lock.mjs";
import { choosePort } from "./process/free-port.mjs";
import { projectRoot } from "./project-root";
import { connectExternalDatabase, openEmbeddedDatabase } from "./supervisor/database-server";
import { addressOf, databaseNameOf, planOf } from "./supervisor/plan";
import { removeRunning, writeRunning } from "./supervisor/running-file";
import { supervise } from "./supervisor/supervise";

/** Phases of this part of a start, for the progress of the whole. */
export function supervisorPhases(mode: Env["mode"]): PhaseName[] {
  return mode === "production"
    ? ["database", "migrations", "worker", "web"]
    : ["database", "migrations", "simulator", "worker", "web", "history"];
}

/**
 * Runs until someone asks it to stop. Returns the exit code; failures are printed with their way out. bootstrap.mjs hands
 * over the progress of the whole start and the data folder's lock, which it has held since it began to install.
 */
export async function main({ progress, lock }: { progress?: Progress; lock?: HeldLock } = {}): Promise<number> {
  ignoreClosedOutput();
  try {
    const settings = env();
    await run(settings, progress ?? new Progress(supervisorPhases(settings.mode)), lock);
    console.log("Stopped.");
    return 0;
  } catch (error) {
    console.error(describeFailure(error));
    return 1;
  }
}

async function run(settings: Env, progress: Progress, lock: HeldLock | undefined): Promise<void> {
  const root = projectRoot();
  const dataDirectory = resolve(root, settings.dataDirectory);
  const { mode, host, port } = settings;
  const address = addressOf(host, port);
  // A demo never writes into somebody's own database.
  const external = mode === "production" ? settings.databaseUrl : undefined;
  checkNode();
  checkPlatform();
  checkDataDirectory(dataDirectory);
  try {
    await supervise({
      root,
      dataDirectory: realpathSync(dataDirectory),
      address,
      progress,
      lock,
      async preflight() {
        if (external === undefined) checkDatabaseUser();
        await checkPort(host, port, mode === "demo" ? "demo" : "start");
        assertMayListen(settings);
      },
      openDatabase: (announce) =>
        external === undefined
          ? openEmbeddedDatabase(dataDirectory, databaseNameOf(mode), announce)
          : connectExternalDatabase(external),
      async plan(databaseUrl) {
        const plan = planOf({
          mode,
          root,
          dataDirectory: realpathSync(dataDirectory),
          host,
          port,
          databaseUrl,
          simulatorPort: mode === "production" ? undefined : await choosePort(undefined),
          demoAnchor: settings.demoAnchor,
          environment: process.env,
        });
        writeRunning(dataDirectory, {
          mode,
          databaseUrl,
          environment: { ...plan.find(({ name }) => name === "worker")?.env },
        });
        return plan;
      },
    });
  } finally {
    if (dataDirectoryHolder(dataDirectory) === undefined) removeRunning(dataDirectory);
  }
}

/** `npm run demo | head` must not end with a stack trace. */
function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exit(await main());
}
