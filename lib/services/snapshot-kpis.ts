import { costDaysByKey, costDaysOfCut } from "@/lib/db/cost-queries";
import { type KpiSnapshotRow, newestSnapshotDay, replaceDaySnapshot } from "@/lib/db/kpi-store";
import { fixedClock } from "@/lib/domain/clock";
import { type Decimal, decimalToText } from "@/lib/domain/money";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { CUT_DIMENSIONS, type CutDimension, splitFleet } from "@/lib/kpis/cut-fleet";
import type { FleetSnapshot, Kpi, KpiCostDay, KpiValue } from "@/lib/kpis/define-kpi";
import { KPIS } from "@/lib/kpis/registry";
import type { Ctx } from "@/lib/services/ctx";
import { COST_LOOKBACK_DAYS, currentReference, fleetSnapshotAt } from "@/lib/services/kpis-of-cut";
import { loadFleetFacts } from "@/lib/services/load-fleet";

/** Digits behind the point of the snapshot's columns. */
const COLUMN_SCALE = 18;

/**
 * Takes the KPI snapshot of the business day of `at`: every KPI, whole and by every key of every dimension. Replaces what was taken earlier that
 * day; a day that is over is never taken again, so with a newer snapshot in the table it does nothing. Returns the number of values.
 */
export async function snapshotKpis({ ctx, input }: { ctx: Ctx; input: { at: Date } }): Promise<number> {
  const { at } = input;
  const today = plainDateFromInstantUtc(at);
  const newest = await newestSnapshotDay(ctx.db);
  if (newest !== null && newest > today) {
    ctx.log.warn({ today, newest }, "no KPI snapshot: a later day has one already");
    return 0;
  }
  const facts = await loadFleetFacts({ ctx: { ...ctx, clock: fixedClock(at) } });
  const [from, until] = [addDays(today, -COST_LOOKBACK_DAYS), addDays(today, 1)];
  const snapshot = fleetSnapshotAt(
    facts,
    at,
    await costDaysOfCut(ctx.db, {}, from, until),
    await currentReference({ ctx }),
  );
  const costs = new Map<CutDimension, ReadonlyMap<string, readonly KpiCostDay[]>>();
  for (const dimension of CUT_DIMENSIONS) costs.set(dimension, await costDaysByKey(ctx.db, dimension, {}, from, until));
  const rows = kpiSnapshotRows(snapshot, costs);
  await replaceDaySnapshot(ctx.db, today, at, rows);
  return rows.length;
}

/**
 * The rows of a day's snapshot: every KPI for the whole fleet and for every key of every dimension. Where the whole fleet has no figure, for one reason
 * (a register that is not attested), its parts keep no row. A KPI with a headline keeps that series alone of its parts.
 */
export function kpiSnapshotRows(
  snapshot: FleetSnapshot,
  costs: ReadonlyMap<CutDimension, ReadonlyMap<string, readonly KpiCostDay[]>>,
): KpiSnapshotRow[] {
  const rows: KpiSnapshotRow[] = [];
  const told: Kpi[] = [];
  for (const kpi of KPIS) {
    const values = kpi.compute(snapshot);
    rows.push(...values.map((value) => rowOf(kpi, value, "all", "")));
    if (values.some(({ value, numerator }) => value !== null || numerator !== null)) told.push(kpi);
  }
  for (const dimension of CUT_DIMENSIONS) {
    for (const [key, part] of splitFleet(snapshot, dimension, costs.get(dimension))) {
      for (const kpi of told) {
        for (const value of kpi.compute(part)) {
          const kept = kpi.headlineSeries === undefined || kpi.headlineSeries === value.series;
          if (kept) rows.push(rowOf(kpi, value, dimension, key));
        }
      }
    }
  }
  return rows;
}

function rowOf(kpi: Kpi, value: KpiValue, dimension: string, key: string): KpiSnapshotRow {
  return {
    kpiId: kpi.id,
    kpiVersion: kpi.version,
    series: value.series,
    dimension,
    key,
    value: text(value.value),
    numerator: text(value.numerator),
    denominator: text(value.denominator),
    unknowns: value.unknowns,
    detail: detailOf(value),
  };
}

function detailOf({ exclusions, parts, asOf, unavailable, caveats }: KpiValue): unknown {
  return { exclusions, parts, asOf, unavailable, caveats };
}

function text(value: Decimal | null): string | null {
  return value === null ? null : decimalToText(value.toDecimalPlaces(COLUMN_SCALE));
}
