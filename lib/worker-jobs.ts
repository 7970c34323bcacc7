import { z } from "zod";
import { type Composition, systemActor } from "@/lib/context";
import type { Database } from "@/lib/db/client";
import { hasOpenOutcomes } from "@/lib/db/sync-outcome-store";
import { waitingJobsOfRun } from "@/lib/db/sync-queue-store";
import { beat, findRunningRun } from "@/lib/db/sync-run-store";
import { AppError, isAppError } from "@/lib/domain/errors";
import type { JobHandlers } from "@/lib/jobs/graphile-runner";
import type { NewJob } from "@/lib/jobs/queue";
import type { Ctx } from "@/lib/services/ctx";
import { deriveNotifications } from "@/lib/services/derive-notifications";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";
import { recoverRuns } from "@/lib/services/execute-sync";
import { closeFailedRun, finishSync } from "@/lib/services/finish-sync";
import { issueScheduledReport } from "@/lib/services/issue-scheduled-report";
import { planSync } from "@/lib/services/plan-sync";
import { sendNotifications } from "@/lib/services/send-notifications";
import { startSync } from "@/lib/services/start-sync";
import { isJobSource, type ScopeJob, scopeKeyText } from "@/lib/services/sync-job";
import { openRunReader, type RunReader } from "@/lib/services/sync-scope";

const runPayload = z.object({ runId: z.number().int() });
const scopePayload = runPayload.extend({ source: z.string(), accountId: z.string(), region: z.string() });
const evaluatePayload = z.object({ reason: z.string() });

/** The lane lets one such job run at a time. */
const SEND_AGAIN = { key: "send-notifications", lane: "notifications" } as const;

/** Lanes per account: so many of its scopes are read at a time. */
const LANES_PER_ACCOUNT = 6;

export interface SyncJobs {
  readonly handlers: JobHandlers;
  /** Puts right what an ended process left behind. Only with the executor lock held. */
  recover(ctx: Ctx): Promise<void>;
  /** Says that the executor is alive, and closes a run that no job will ever end. */
  beat(ctx: Ctx): Promise<void>;
}

/** The sync as jobs of the queue: the same verbs as executeSync, one job per step, so that a worker that is killed costs one scope. */
export function createSyncJobs(composition: Pick<Composition, "ctx" | "auth">): SyncJobs {
  const ctxOf = (part: string): Promise<Ctx> => composition.ctx({ actor: systemActor(part) });
  let current: { runId: number; reader: Promise<RunReader> } | null = null;

  /** One reader per run: its store queue and what was known before are shared by the run's jobs. */
  const readerOf = (ctx: Ctx, runId: number): Promise<RunReader> => {
    if (current?.runId !== runId) {
      const reader = openRunReader({ ctx, runId, onStored: (tx, jobs) => enqueueNext(ctx, tx, runId, jobs) });
      current = { runId, reader };
      reader.catch(() => {
        if (current?.reader === reader) current = null;
      });
    }
    return current.reader;
  };

  const handlers: JobHandlers = {
    "sync-scheduled": async () => {
      const ctx = await ctxOf("schedule");
      const { runId, joined } = await startSync({ ctx, input: { trigger: "scheduled" } });
      ctx.log.info({ runId, joined }, "scheduled sync");
    },
    "sync-plan": async (raw, { lastAttempt }) => {
      const { runId } = runPayload.parse(raw);
      const ctx = await ctxOf("sync");
      current = null;
      await endingRunOnFailure(ctx, runId, lastAttempt, async () => {
        await planSync({
          ctx,
          input: {
            runId,
            within: (tx, jobs) => (jobs.length > 0 ? addScopes(ctx, tx, runId, jobs) : addFinish(ctx, tx, runId)),
          },
        });
      });
    },
    "sync-scope": async (raw, { lastAttempt }) => {
      const { runId, source, accountId, region } = scopePayload.parse(raw);
      if (!isJobSource(source)) return;
      const job: ScopeJob = { source, accountId, region };
      const ctx = await ctxOf("sync");
      try {
        const reader = await readerOf(ctx, runId);
        try {
          await reader.read(job);
        } catch (error) {
          if (!lastAttempt || isOver(error)) throw error;
          await reader.giveUp(job, error);
        }
      } catch (error) {
        if (!isOver(error)) throw error;
        ctx.log.info({ runId, job }, "the run of this job is over");
      }
    },
    "sync-finish": async (raw, { lastAttempt }) => {
      const { runId } = runPayload.parse(raw);
      const ctx = await ctxOf("sync");
      await endingRunOnFailure(ctx, runId, lastAttempt, async () => {
        const status = await finishSync({ ctx, input: { runId } });
        ctx.log.info({ runId, status }, "sync is over");
      });
      current = null;
    },
    evaluate: async (raw) => {
      const { reason } = evaluatePayload.parse(raw);
      const ctx = await ctxOf("evaluation");
      await evaluateFleet({ ctx, input: { reason } });
      await ctx.queue.add("notify", {}, { key: "notify" });
    },
    "quarterly-report": async () => {
      await issueScheduledReport({ ctx: await ctxOf("schedule") });
    },
    notify: async () => {
      const ctx = await ctxOf("notifications");
      const counts = await deriveNotifications({ ctx });
      if (counts.events > 0) ctx.log.info(counts, "notifications");
    },
    "send-notifications": async () => {
      const ctx = await ctxOf("notifications");
      const { sent, failed, more } = await sendNotifications({
        ctx,
        input: { derive: (purpose) => composition.auth().derive(purpose) },
      });
      if (sent + failed > 0) ctx.log.info({ sent, failed, more }, "notifications sent");
      if (more) await ctx.queue.add("send-notifications", {}, SEND_AGAIN);
    },
  };

  return {
    handlers,
    recover: async (ctx) => {
      current = null;
      const aborted = await recoverRuns({ ctx });
      // What those runs had stored was never judged.
      if (aborted.length > 0) await ctx.queue.add("evaluate", { reason: "aborted-sync" }, { key: "evaluate" });
    },
    beat: async (ctx) => {
      try {
        if (!(await beat(ctx.db, ctx.wall.now()))) return;
        const run = await findRunningRun(ctx.db);
        if (run && (await waitingJobsOfRun(ctx.db, run.id)) === 0) {
          const still = await findRunningRun(ctx.db);
          if (still?.id === run.id)
            await closeFailedRun(ctx, run.id, new AppError("internal", "The queue lost this sync. Start another one."));
        }
      } catch (error) {
        ctx.log.warn({ err: error }, "heartbeat failed");
      }
    },
  };
}

function isOver(error: unknown): boolean {
  return isAppError(error) && error.code === "conflict";
}

async function endingRunOnFailure(
  ctx: Ctx,
  runId: number,
  lastAttempt: boolean,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    // An AppError is an answer (no credentials ...): trying again gives the same.
    if (!lastAttempt && !isAppError(error)) throw error;
    await closeFailedRun(ctx, runId, error);
  }
}

async function enqueueNext(ctx: Ctx, tx: Database, runId: number, jobs: readonly ScopeJob[]): Promise<void> {
  if (jobs.length > 0) await addScopes(ctx, tx, runId, jobs);
  else if (!(await hasOpenOutcomes(tx, runId))) await addFinish(ctx, tx, runId);
}

function addScopes(ctx: Ctx, tx: Database, runId: number, jobs: readonly ScopeJob[]): Promise<void> {
  const specs = jobs.map(
    (job): NewJob<"sync-scope"> => ({
      name: "sync-scope",
      payload: { runId, ...job },
      key: `sync-scope:${runId}:${scopeKeyText(job)}`,
      lane: `account:${job.accountId}:${laneOf(job)}`,
    }),
  );
  return ctx.queue.addAll(specs, { within: tx });
}

/** The same scope always goes in the same lane; which one does not matter. */
function laneOf(job: ScopeJob): number {
  let sum = 0;
  for (const char of `${job.source}${job.region}`) sum = (sum * 31 + char.charCodeAt(0)) % 9_973;
  return sum % LANES_PER_ACCOUNT;
}

function addFinish(ctx: Ctx, tx: Database, runId: number): Promise<void> {
  return ctx.queue.add("sync-finish", { runId }, { key: `sync-finish:${runId}`, within: tx });
}
