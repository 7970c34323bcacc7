import type { z } from "zod";
import type { kpiBreakdown, kpiBreakdownQuery } from "@/lib/contracts/kpis";
import { costDaysByKey } from "@/lib/db/cost-queries";
import { AppError } from "@/lib/domain/errors";
import { NOT_OF_SUBJECT } from "@/lib/domain/finding-subject";
import { addDays } from "@/lib/domain/plain-date";
import { splitFleet } from "@/lib/kpis/cut-fleet";
import { findKpi } from "@/lib/kpis/registry";
import type { Ctx } from "@/lib/services/ctx";
import { COST_LOOKBACK_DAYS, fleetSnapshotOf } from "@/lib/services/kpis-of-cut";
import { keyLabels } from "@/lib/services/read/key-labels";
import { kpiValueOf } from "@/lib/services/read/kpi-view";
import { remembered } from "@/lib/services/read/remembered";

/** A KPI by every key of one dimension, now. Errors: not-found. */
export function readKpiBreakdown(call: {
  ctx: Ctx;
  input: z.output<typeof kpiBreakdownQuery> & { id: string };
}): Promise<z.input<typeof kpiBreakdown>> {
  return remembered(call, "kpiBreakdown", () => computeKpiBreakdown(call));
}

async function computeKpiBreakdown({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof kpiBreakdownQuery> & { id: string };
}): Promise<z.input<typeof kpiBreakdown>> {
  const kpi = findKpi(input.id);
  if (!kpi) throw new AppError("not-found", `There is no KPI ${input.id}.`);
  const snapshot = await fleetSnapshotOf({ ctx, input });
  const [label, costs] = await Promise.all([
    keyLabels(ctx, input.by),
    costDaysByKey(ctx.db, input.by, input, addDays(snapshot.today, -COST_LOOKBACK_DAYS), addDays(snapshot.today, 1)),
  ]);
  const rows = [...splitFleet(snapshot, input.by, costs)].flatMap(([key, part]) => {
    const values = kpi.compute(part).map(kpiValueOf);
    // Findings about accounts have no engine and often no region: nothing to show of a figure that counts brokers.
    const isEmpty = key === NOT_OF_SUBJECT && part.brokers.length === 0 && values.every(({ value }) => value === null);
    return isEmpty ? [] : [{ key, label: label(key), values }];
  });
  return { id: kpi.id, by: input.by, rows, asOf: snapshot.now.toISOString() };
}
