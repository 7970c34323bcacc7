import type { z } from "zod";
import type { KpiHistory, kpiHistoryQuery } from "@/lib/contracts/kpis";
import { snapshotPoints } from "@/lib/db/kpi-queries";
import { AppError } from "@/lib/domain/errors";
import { addDays, parsePlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { findKpi } from "@/lib/kpis/registry";
import type { Ctx } from "@/lib/services/ctx";
import { checkedInterval } from "@/lib/services/read/checked-interval";
import { remembered } from "@/lib/services/read/remembered";

const DEFAULT_DAYS = 460;
const MAX_DAYS = 4000;

/** The daily snapshots of a KPI. Days without a snapshot are absent, so that charts show gaps. Errors: not-found, invalid-input. */
export function readKpiHistory(call: {
  ctx: Ctx;
  input: z.output<typeof kpiHistoryQuery> & { id: string };
}): Promise<KpiHistory> {
  return remembered(call, "kpiHistory", () => computeKpiHistory(call));
}

async function computeKpiHistory({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof kpiHistoryQuery> & { id: string };
}): Promise<KpiHistory> {
  const kpi = findKpi(input.id);
  if (!kpi) throw new AppError("not-found", `There is no KPI ${input.id}.`);
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const interval = checkedInterval(
    input.from ? parsePlainDate(input.from) : addDays(today, -DEFAULT_DAYS),
    input.until ? parsePlainDate(input.until) : addDays(today, 1),
    MAX_DAYS,
  );
  const rows = await snapshotPoints(ctx.db, {
    kpiIds: [kpi.id],
    dimension: input.dimension,
    key: input.key,
    from: interval.start,
    until: interval.endExclusive,
  });
  const series = new Map<string, KpiHistory["series"][number]>();
  for (const { kpiId: _, series: name, ...point } of rows) {
    const entry = series.get(name) ?? { series: name, points: [] };
    entry.points.push(point);
    series.set(name, entry);
  }
  return { id: kpi.id, unit: kpi.unit, series: [...series.values()], asOf: now.toISOString() };
}
