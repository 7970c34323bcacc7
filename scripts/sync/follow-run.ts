import { findRun } from "@/lib/db/sync-run-store";
import type { RunStatus } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { HEARTBEAT_TIMEOUT_MS } from "@/lib/services/start-sync";
import type { SyncPrinter } from "./sync-progress";

const POLL_MS = 500;
/** A run that nobody has begun to plan by then may have nobody to execute it. */
const UNPLANNED_MS = 10_000;

/**
 * Watches a run that another process executes until it is over. "nobody-executes": it was not begun for a while, or its executor's heart stopped.
 */
export async function followRun(
  ctx: Ctx,
  runId: number,
  printer: SyncPrinter,
): Promise<Exclude<RunStatus, "running"> | "nobody-executes"> {
  const since = ctx.wall.monotonicMs();
  for (;;) {
    const run = await findRun(ctx.db, runId);
    if (!run) return "aborted";
    if (run.status !== "running") return endOf(run.status);
    const unplanned = run.phase === "planning" && ctx.wall.monotonicMs() - since > UNPLANNED_MS;
    const silent = ctx.wall.now().getTime() - run.heartbeatAt.getTime() > HEARTBEAT_TIMEOUT_MS;
    if (unplanned || silent) return "nobody-executes";
    const [counts] = await ctx.db.rows<{ planned: number; done: number }>(
      `SELECT count(*) FILTER (WHERE status <> 'skipped')::int AS planned,
         count(*) FILTER (WHERE status NOT IN ('pending', 'running', 'skipped'))::int AS done FROM sync_outcome WHERE run_id = $1`,
      runId,
    );
    const { planned, done } = counts ?? { planned: 0, done: 0 };
    if (run.phase === "reading") printer.progress({ phase: "reading", done, planned, reading: null });
    else if (run.phase === "evaluating") printer.progress({ phase: "evaluating", done, planned });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function endOf(status: string): Exclude<RunStatus, "running"> {
  return status === "complete" || status === "partial" || status === "failed" ? status : "aborted";
}
