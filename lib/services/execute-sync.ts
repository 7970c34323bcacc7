import { abortRuns, beat, findRun } from "@/lib/db/sync-run-store";
import { isAppError } from "@/lib/domain/errors";
import type { RunStatus, SyncSource } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { closeFailedRun, finishSync } from "@/lib/services/finish-sync";
import { planSync } from "@/lib/services/plan-sync";
import { type JobLimits, runJobs } from "@/lib/services/run-jobs";
import { weightOfJob } from "@/lib/services/sync-job";
import { openRunReader } from "@/lib/services/sync-scope";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

/** How often the executor of a run says that it is alive. Wall time. */
export const HEARTBEAT_INTERVAL_MS = 15_000;

/** Enough to keep two cores busy while AWS answers; per account no more than its request limit can use. */
export const DEFAULT_LIMITS: JobLimits = { total: 24, perLane: 6 };

export type SyncProgress =
  | { phase: "planning" }
  | { phase: "reading"; done: number; planned: number; reading: ScopeReading | null }
  | { phase: "evaluating"; done: number; planned: number };

/**
 * Executes a run in this process from plan to KPI snapshot: the command line, the demo's history, tests and the benchmark. The caller holds the
 * executor lock. Resolves with the run's final status; failures of AWS are part of that, not errors.
 */
export async function executeSync({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: {
    runId: number;
    limits?: JobLimits;
    leaveOut?: readonly SyncSource[];
    onProgress?: (progress: SyncProgress) => void;
  };
}): Promise<Exclude<RunStatus, "running">> {
  const { runId, onProgress } = input;
  const pulse = setInterval(() => {
    beat(ctx.db, ctx.wall.now()).catch((error: unknown) => ctx.log.warn({ err: error }, "heartbeat failed"));
  }, HEARTBEAT_INTERVAL_MS);
  pulse.unref();
  try {
    onProgress?.({ phase: "planning" });
    const jobs = await planSync({ ctx, input: { runId, leaveOut: input.leaveOut } });
    let done = 0;
    const reader = await openRunReader({
      ctx,
      runId,
      onReading: (reading) => {
        done += reading.outcomes.length;
        onProgress?.({ phase: "reading", done, planned: reader.planned, reading });
      },
    });
    onProgress?.({ phase: "reading", done, planned: reader.planned, reading: null });
    await runJobs(
      jobs,
      (job) => job.accountId,
      input.limits ?? DEFAULT_LIMITS,
      weightOfJob,
      async (job) => {
        try {
          return await reader.read(job);
        } catch (error) {
          if (isAppError(error) && error.code === "conflict") throw error; // the run is over
          await reader.giveUp(job, error);
          return [];
        }
      },
    );
    onProgress?.({ phase: "evaluating", done, planned: reader.planned });
    return await finishSync({ ctx, input: { runId } });
  } catch (error) {
    const status = (await findRun(ctx.db, runId))?.status;
    if (status === "aborted") return "aborted";
    if (status === "running") return closeFailedRun(ctx, runId, error);
    throw error;
  } finally {
    clearInterval(pulse);
  }
}

/** Marks what an executor that died left behind. Call it with the executor lock held: then nobody can be working on a run. */
export async function recoverRuns({ ctx }: { ctx: Ctx }): Promise<number[]> {
  const aborted = await abortRuns(ctx.db, { before: null, finishedAt: ctx.clock.now() });
  if (aborted.length > 0) ctx.log.warn({ runs: aborted }, "marked syncs of an ended process as aborted");
  return aborted;
}
