import { type Composition, createComposition, systemActor } from "@/lib/context";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { type ExecutorLock, waitForExecutorLock } from "@/lib/db/sync-executor-lock";
import { env } from "@/lib/env";
import { type JobRunner, startJobRunner } from "@/lib/jobs/graphile-runner";
import { createSyncJobs } from "@/lib/worker-jobs";

/** Scopes read at a time. Most of their time they wait for AWS. */
const CONCURRENCY = 24;
const RETRY_MS = 2_000;
/** After letting go of the lock on request: whoever asked stands in line by then. */
const YIELD_MS = 1_000;

export interface Worker {
  /** Takes no more jobs, finishes those under way, then lets go of everything. */
  stop(): Promise<void>;
}

/**
 * The worker: executes syncs and evaluations while it holds the executor lock, of which there is one per database. Without the lock it waits in
 * line; when it loses it (the database went away) it stops and starts again. Resolves when it stands in line or works.
 */
export async function runWorker(): Promise<Worker> {
  const settings = env();
  // One connection of the budget belongs to the lock.
  const composition = createComposition({ process: "worker", maxConnections: CONNECTION_BUDGET.worker - 1 });
  const stopping = new AbortController();
  const stopped = workUntilStopped(composition, settings.syncCron, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await stopped;
      await composition.close();
    },
  };
}

async function workUntilStopped(composition: Composition, syncCron: string, stop: AbortSignal): Promise<void> {
  const { log, databaseUrl } = composition;
  while (!stop.aborted) {
    try {
      const lock = await waitForExecutorLock(databaseUrl, { ask: false, signal: stop });
      if (lock) await workWithLock(composition, lock, syncCron, stop);
    } catch (error) {
      log.error({ err: error }, "the worker had to stop; it tries again");
      await pause(RETRY_MS, stop);
    }
  }
}

async function workWithLock(
  composition: Composition,
  lock: ExecutorLock,
  syncCron: string,
  stop: AbortSignal,
): Promise<void> {
  const { log, databaseUrl } = composition;
  const ctx = await composition.ctx({ actor: systemActor("worker") });
  const jobs = createSyncJobs(composition);
  let runner: JobRunner | null = null;
  try {
    await jobs.recover(ctx);
    runner = await startJobRunner({
      databaseUrl,
      maxConnections: CONNECTION_BUDGET.queue,
      concurrency: CONCURRENCY,
      crontab: crontab(syncCron),
      handlers: jobs.handlers,
      log,
    });
    const pulse = setInterval(() => void jobs.beat(ctx), HEARTBEAT_MS);
    log.info("worker takes jobs");
    const why = await Promise.race([
      aborted(stop).then(() => "stop" as const),
      lock.wanted.then(() => "wanted" as const),
      lock.lost.then(() => "lost" as const),
      runner.ended.then(() => "ended" as const),
    ]);
    clearInterval(pulse);
    log.info({ why }, "worker takes no more jobs");
    if (why !== "ended") await stopRunner(runner, log);
    await lock.release().catch(() => {});
    if (why === "wanted") await pause(YIELD_MS, stop);
    if (why === "lost" || why === "ended") await pause(RETRY_MS, stop);
  } finally {
    await lock.release().catch(() => {});
  }
}

/** Jobs whose database went away may never end; they hold nothing that the next start does not free. */
async function stopRunner(runner: JobRunner, log: Composition["log"]): Promise<void> {
  const giveUp = new AbortController();
  try {
    await Promise.race([runner.stop(), pause(STOP_TIMEOUT_MS, giveUp.signal)]);
  } catch (error) {
    log.warn({ err: error }, "stopping the queue");
  } finally {
    giveUp.abort();
  }
}

const HEARTBEAT_MS = 15_000;
const STOP_TIMEOUT_MS = 25_000;

/** Missed schedules are made up for once, when the worker was away. Times are UTC. */
function crontab(syncCron: string): string {
  return [
    `${syncCron} sync-scheduled ?fill=6h&max=1`,
    `1 0 * * * evaluate ?fill=1d&max=3 {"reason":"new-day"}`,
    "30 6 * * * quarterly-report ?fill=3d&max=3",
    // Digests whose hour has come, and attempts after a failed one.
    "* * * * * send-notifications ?max=1&queue=notifications&jobKey=send-notifications-due",
  ].join("\n");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
