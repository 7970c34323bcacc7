import { costDaysByKey, costDaysOfCut } from "@/lib/db/cost-queries";
import { type KpiSnapshotRow, newestSnapshotDay, replaceDaySnapshot } from "@/lib/db/kpi-store";
import { fixedClock } from "@/lib/domain/clock";
import { type Decimal, decimalToText } from "@/lib/domain/money";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { CUT_DIMENSIONS, splitFleet } from "@/lib/kpis/cut-fleet";
import type { FleetSnapshot, KpiValue } from "@/lib/kpis/define-kpi";
import { KPIS } from "@/lib/kpis/registry";
import { SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import type { Ctx } from "@/lib/services/ctx";
import { COST_LOOKBACK_DAYS } from "@/lib/services/kpis-of-cut";
import { kpiBrokersAt, loadFleetFacts } from "@/lib/services/load-fleet";

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
  const snapshot: FleetSnapshot = {
    now: at,
    today,
    brokers: kpiBrokersAt(facts, at, SHIPPED_SUPPORT_CALENDAR),
    episodes: facts.episodes,
    costDays: await costDaysOfCut(ctx.db, {}, from, until),
    everSynced: facts.everSynced,
    incompleteScopes: facts.incompleteScopes,
  };
  const rows = rowsOf(snapshot, "all", "");
  for (const dimension of CUT_DIMENSIONS) {
    const costs = await costDaysByKey(ctx.db, dimension, {}, from, until);
    for (const [key, part] of splitFleet(snapshot, dimension, costs)) rows.push(...rowsOf(part, dimension, key));
  }
  await replaceDaySnapshot(ctx.db, today, at, rows);
  return rows.length;
}

function rowsOf(snapshot: FleetSnapshot, dimension: string, key: string): KpiSnapshotRow[] {
  return KPIS.flatMap((kpi) =>
    kpi.compute(snapshot).map((value) => ({
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
    })),
  );
}

function detailOf({ exclusions, parts, asOf, unavailable, caveats }: KpiValue): unknown {
  return { exclusions, parts, asOf, unavailable, caveats };
}

function text(value: Decimal | null): string | null {
  return value === null ? null : decimalToText(value.toDecimalPlaces(COLUMN_SCALE));
}
