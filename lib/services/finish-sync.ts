import { bumpDataVersions } from "@/lib/db/data-version-store";
import { countOutcomes, failOpenOutcomes, pruneOutcomes } from "@/lib/db/sync-outcome-store";
import { closeRun, findRun, runRequests, setRunPhase } from "@/lib/db/sync-run-store";
import { isAppError } from "@/lib/domain/errors";
import { Decimal } from "@/lib/domain/money";
import { OPTIONAL_SOURCES, type OutcomeStatus, type RunStatus, runStatusOf } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";

/** Outcomes that were complete, or not due, are kept this long; the others, and the runs, for good. */
const OUTCOME_DAYS = 100;

/** What AWS charges for reading, USD. Source: AWS Cost Explorer and CloudWatch pricing pages; GetMetricData is billed per metric requested. */
const CHARGE_PER_UNIT: Readonly<Record<string, Decimal>> = {
  ce: new Decimal("0.01"),
  cloudwatch: new Decimal("0.00001"),
};

/**
 * Judges what a run has read, takes the day's KPI snapshot and closes the run. Repeating it after the run is closed changes nothing. An
 * evaluation that fails closes the run as failed: what was read stays, and the next evaluation judges it.
 */
export async function finishSync({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { runId: number };
}): Promise<Exclude<RunStatus, "running">> {
  const { runId } = input;
  const run = await findRun(ctx.db, runId);
  if (run?.status !== "running") return closedStatus(run?.status);
  await setRunPhase(ctx.db, runId, "evaluating");
  const outcomes = await countOutcomes(ctx.db, runId);
  const status = runStatusOf(dueStatuses(outcomes));
  const counts = await evaluateFleet({ ctx, input: { reason: "sync", runId, at: run.asOf } });
  await ctx.db.transaction(async (tx) => {
    await pruneOutcomes(tx, new Date(run.asOf.getTime() - OUTCOME_DAYS * 86_400_000));
    await closeRun(tx, runId, {
      status,
      finishedAt: laterOf(ctx.clock.now(), run.asOf),
      error: null,
      counts,
      awsChargesUsd: awsCharges(await runRequests(tx, runId)),
    });
    // Observed-at instants moved even where nothing changed.
    await bumpDataVersions(tx, "fleet");
    await ctx.queue.add("notify", {}, { key: "notify", within: tx });
  });
  return status;
}

/** Closes a run that cannot go on, with the reason. */
export async function closeFailedRun(ctx: Ctx, runId: number, error: unknown): Promise<"failed"> {
  ctx.log.error({ err: error, runId }, "sync failed");
  const reason = isAppError(error) ? error.message : "The product itself failed; its log says how. Start another sync.";
  await ctx.db.transaction(async (tx) => {
    await failOpenOutcomes(tx, [runId], ctx.clock.now(), "Not read: the sync failed before.");
    await closeRun(tx, runId, {
      status: "failed",
      finishedAt: ctx.clock.now(),
      error: reason,
      counts: {},
      awsChargesUsd: awsCharges(await runRequests(tx, runId)),
    });
    await ctx.queue.add("notify", {}, { key: "notify", within: tx });
  });
  return "failed";
}

/** What AWS charges for these requests, USD. Pure. */
export function awsCharges(requests: Readonly<Record<string, { billableUnits: number }>>): Decimal {
  return Object.entries(requests).reduce(
    (sum, [service, { billableUnits }]) => sum.plus((CHARGE_PER_UNIT[service] ?? new Decimal(0)).times(billableUnits)),
    new Decimal(0),
  );
}

/** Where an optional source does not exist (an opt-in, a support plan, an endpoint without it), nothing that was due is missing. */
function dueStatuses(counts: readonly { source: string; status: OutcomeStatus; count: number }[]): OutcomeStatus[] {
  return counts.map(({ source, status }) =>
    OPTIONAL_SOURCES.has(source) && status === "unsupported" ? "skipped" : status,
  );
}

function closedStatus(status: string | undefined): Exclude<RunStatus, "running"> {
  return status === "complete" || status === "partial" || status === "failed" ? status : "aborted";
}

function laterOf(a: Date, b: Date): Date {
  return a > b ? a : b;
}
