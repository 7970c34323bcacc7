import { join } from "node:path";
import type { Progress } from "../bootstrap/progress.mjs";
import { OperatorError } from "../operator-error.mjs";
import { type HeldLock, lockDataDirectory } from "../process/data-directory-lock.mjs";
import { endOrphans, recordChildren } from "../process/recorded-children.mjs";
import { startChild } from "./child";
import type { DatabaseServer } from "./database-server";
import type { ChildSpec } from "./plan";
import { Service } from "./service";
import { listenForStop } from "./stop-signals";

export interface SuperviseOptions {
  readonly root: string;
  readonly dataDirectory: string;
  /** Shown when everything is ready, and to whoever starts a second time. */
  readonly address: string;
  readonly progress: Progress;
  /** The data folder's lock, when this process holds it already (bootstrap.mjs takes it before it installs). */
  readonly lock?: HeldLock | undefined;
  /** How long children of a killed start may take to end by themselves. */
  readonly orphanPatienceMs?: number;
  /** Last look at port, disk and user, when the children of a killed start are gone. Rejects with an OperatorError. */
  preflight?(): Promise<void>;
  /** Starts or finds the database; called again when it has ended. */
  openDatabase(announce: (line: string) => void): Promise<DatabaseServer>;
  /** The children, once the database is known. */
  plan(databaseUrl: string): readonly ChildSpec[] | Promise<readonly ChildSpec[]>;
  /** Lines for the console after the start. */
  readonly write?: (line: string) => void;
}

const DATABASE_WATCH_MS = 500;

/**
 * Starts database and children in order, prints `Ready: <address>`, keeps them running, and stops them in order at
 * SIGINT or SIGTERM. Resolves when everything has been stopped because someone asked; rejects, with everything stopped
 * too, when something could not be started or kept running.
 */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const { progress, dataDirectory } = options;
  const write = options.write ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const { release } = options.lock ?? lockDataDirectory(dataDirectory, options.address);
  const stop = listenForStop();
  const services: Service[] = [];
  let starting = true;
  let reviving = false;
  let database: DatabaseServer | undefined;
  let giveUp: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  failed.catch(() => {});
  process.on("uncaughtException", giveUp);
  const tell = (line: string) => (starting ? progress.line(line) : write(line));
  const note = () => recordChildren(dataDirectory, services.flatMap(childOf));

  try {
    await endOrphans(dataDirectory, tell, options.orphanPatienceMs);
    await options.preflight?.();
    progress.begin("database");
    database = await Promise.race([options.openDatabase(tell), failed]);
    tell(database.description);
    const { url } = database;
    for (const stage of stagesOf(await options.plan(url))) {
      if (stop.isRequested) break;
      const starts = stage.map((spec) => {
        progress.begin(spec.phase);
        const service = serviceOf(spec);
        services.push(service);
        return service.start();
      });
      await Promise.race([Promise.all(starts), stop.requested, failed]);
    }
    const watch = setInterval(() => void reviveDatabase(), DATABASE_WATCH_MS);
    try {
      if (!stop.isRequested) {
        progress.finish();
        starting = false;
        write(`Ready: ${options.address}`);
      }
      await Promise.race([stop.requested, failed]);
    } finally {
      clearInterval(watch);
    }
  } finally {
    progress.finish();
    starting = false;
    await stopEverything();
  }

  function serviceOf(spec: ChildSpec): Service {
    return new Service(spec, {
      start() {
        const child = startChild(spec, {
          root: options.root,
          logDirectory: join(dataDirectory, "logs"),
          onLine: (line) => showLine(spec, line, starting, progress, write),
        });
        void child.ended.then(note);
        queueMicrotask(note); // as soon as the service knows its new child
        return child;
      },
      tell,
      giveUp,
    });
  }

  async function reviveDatabase(): Promise<void> {
    if (reviving || database === undefined || database.isRunning()) return;
    reviving = true;
    try {
      tell("the database server has ended; starting it again");
      const again = await options.openDatabase(tell);
      await database.release({ urgent: true }).catch(() => {}); // takes back its use of the old one
      if (again.url !== database.url) {
        throw new OperatorError("The database's port has been taken meanwhile.", "start again");
      }
      database = again;
      tell("the database is back");
    } catch (error) {
      giveUp(error);
    } finally {
      reviving = false;
    }
  }

  async function stopEverything(): Promise<void> {
    let urgent = false;
    void stop.hurried.then(() => {
      urgent = true;
      write("Hurrying");
    });
    const running = services.filter((service) => service.current !== undefined);
    running.sort((a, b) => a.spec.stopRank - b.spec.stopRank);
    const names = [...running.map(({ spec }) => spec.name), ...(database === undefined ? [] : ["database"])];
    if (names.length > 0) write(`Stopping ${names.join(", ")} (once more to hurry)`);
    // Also those that wait to be started again.
    for (const service of services.filter(({ current }) => current === undefined)) await service.stop(stop.hurried);
    for (const rank of new Set(running.map(({ spec }) => spec.stopRank))) {
      const together = running.filter(({ spec }) => spec.stopRank === rank);
      await Promise.all(
        together.map(async (service) => {
          await service.stop(stop.hurried);
          write(`  ${service.spec.name} has stopped`);
        }),
      );
    }
    try {
      await database?.release({ urgent });
      if (database !== undefined) write("  database has stopped");
    } finally {
      recordChildren(dataDirectory, []);
      release();
      process.off("uncaughtException", giveUp);
    }
  }
}

function stagesOf(plan: readonly ChildSpec[]): ChildSpec[][] {
  const numbers = [...new Set(plan.map(({ stage }) => stage))].sort((a, b) => a - b);
  return numbers.map((number) => plan.filter(({ stage }) => stage === number));
}

function childOf({ spec, current }: Service) {
  return current?.process === undefined ? [] : [{ name: spec.name, process: current.process }];
}

function showLine(
  spec: ChildSpec,
  line: string,
  starting: boolean,
  progress: Progress,
  write: (line: string) => void,
): void {
  if (spec.output === "console") write(line);
  else if (starting) progress.line(line); // afterwards it is in the log file
}
