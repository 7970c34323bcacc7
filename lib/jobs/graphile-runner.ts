import {
  Logger as createGraphileLogger,
  type Logger as GraphileLogger,
  parseCrontab,
  run,
  type TaskList,
} from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import type { JobName, JobPayloads } from "@/lib/jobs/queue";

/** How a job is done. `lastAttempt`: it will not be tried again, whatever happens now. */
export type JobHandlers = {
  readonly [N in JobName]: (payload: unknown, attempt: { lastAttempt: boolean }) => Promise<void>;
};

export interface JobRunner {
  /** Ends when the runner stops; rejects when it cannot go on. */
  readonly ended: Promise<void>;
  /** Takes no more jobs and waits for those under way. */
  stop(): Promise<void>;
}

export interface RunnerOptions {
  databaseUrl: string;
  maxConnections: number;
  /** Jobs under way at a time. */
  concurrency: number;
  /** Lines of graphile-worker's crontab, UTC. */
  crontab: string;
  handlers: JobHandlers;
  log: Logger;
}

/**
 * Takes jobs from the queue. Call it with the executor lock held: jobs that an ended process had taken are given free first, because nobody can be
 * working on them.
 */
export async function startJobRunner(options: RunnerOptions): Promise<JobRunner> {
  const { handlers, log } = options;
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: options.maxConnections });
  pool.on("error", (error) => log.warn({ err: error }, "a connection of the job queue broke"));
  try {
    await pool.query(`SELECT graphile_worker.force_unlock_workers(ARRAY(
      SELECT DISTINCT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL))`);
    const taskList: TaskList = Object.fromEntries(
      Object.entries(handlers).map(([name, handle]) => [
        name,
        (payload: unknown, { job }: { job: { attempts: number; max_attempts: number } }) =>
          handle(payload, { lastAttempt: job.attempts >= job.max_attempts }),
      ]),
    );
    const runner = await run({
      pgPool: pool,
      taskList,
      concurrency: options.concurrency,
      pollInterval: 1_000,
      noHandleSignals: true,
      parsedCronItems: parseCrontab(options.crontab),
      logger: graphileLogger(log),
    });
    return {
      ended: runner.promise.finally(() => pool.end()),
      stop: () => runner.stop(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** The payload of a job's name, for handlers that check it. */
export type PayloadOf<N extends JobName> = JobPayloads[N];

/** Jobs wait for AWS, not for the queue's connections: fewer of these than jobs is what the connection budget wants. */
const ON_PURPOSE = /having maxPoolSize .* smaller than concurrency/;

function graphileLogger(log: Logger): GraphileLogger {
  const child = log.child({ part: "queue" });
  return new createGraphileLogger((scope) => (level, message, meta) => {
    // Every job taken and done is "info" there and noise here.
    const own = level === "error" ? "error" : level === "warning" && !ON_PURPOSE.test(message) ? "warn" : "debug";
    child[own]({ ...scope, ...(own === "debug" ? {} : { meta: describe(meta) }) }, message);
  });
}

function describe(meta: unknown): unknown {
  if (typeof meta !== "object" || meta === null || !("error" in meta)) return undefined;
  return meta.error instanceof Error ? { message: meta.error.message, stack: meta.error.stack } : undefined;
}
