import { appendAuditEvent } from "@/lib/db/audit-store";
import { abortRuns, findRunningRun, insertRunUnlessRunning, latestAsOf } from "@/lib/db/sync-run-store";
import { AppError } from "@/lib/domain/errors";
import type { RunTrigger } from "@/lib/domain/sync";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";

/** A run whose executor has not said for this long that it is alive is taken for dead. Wall time. */
export const HEARTBEAT_TIMEOUT_MS = 120_000;

/** How far the business clock may lie before the newest observations: a correction of the machine's clock, no more. */
const TOLERATED_BACKWARD_MS = 10 * 60_000;

export interface StartedSync {
  runId: number;
  /** A sync was running already: this is its run. */
  joined: boolean;
}

/**
 * Creates a run, or joins the one that is running: syncs never interleave. `executor` "queue" (the web) leaves the work to the worker, "caller"
 * to whoever called. A running run whose heart stopped is marked aborted first. Throws conflict when the business clock stands before what is
 * stored already: a sync would write history backwards.
 */
export async function startSync({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { trigger: RunTrigger; executor?: "queue" | "caller" };
}): Promise<StartedSync> {
  return ctx.db.transaction(async (tx) => {
    const wallNow = ctx.wall.now();
    const now = ctx.clock.now();
    const aborted = await abortRuns(tx, {
      before: new Date(wallNow.getTime() - HEARTBEAT_TIMEOUT_MS),
      finishedAt: now,
    });
    if (aborted.length > 0) ctx.log.warn({ runs: aborted }, "marked syncs without heartbeat as aborted");
    const running = await findRunningRun(tx);
    if (running) return { runId: running.id, joined: true };

    const asOf = await instantOfRun(await latestAsOf(tx), now);
    const runId = await insertRunUnlessRunning(tx, {
      trigger: input.trigger,
      asOf,
      heartbeatAt: wallNow,
      actor: ctx.actor.name,
    });
    if (runId === null) {
      const other = await findRunningRun(tx);
      if (!other) throw new AppError("conflict", "Another sync started and ended at the same moment; try again.");
      return { runId: other.id, joined: true };
    }
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "sync.start",
      permission: "syncs:start",
      subjectType: "sync",
      subjectKey: String(runId),
      before: null,
      after: { trigger: input.trigger },
    });
    if ((input.executor ?? "queue") === "queue") {
      await ctx.queue.add("sync-plan", { runId }, { key: `sync-plan:${runId}`, within: tx });
    }
    return { runId, joined: false };
  });
}

/** Observations never go back in time, not even by the seconds a clock was set back. */
async function instantOfRun(latest: Date | null, now: Date): Promise<Date> {
  if (!latest || latest <= now) return now;
  if (latest.getTime() - now.getTime() > TOLERATED_BACKWARD_MS) {
    throw new AppError(
      "conflict",
      `The clock stands at ${now.toISOString()}, before the last sync (${latest.toISOString()}). Set it right, then sync again.`,
    );
  }
  return latest;
}
