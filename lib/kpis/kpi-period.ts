import { addDays, type DayInterval, earlierOf, instantAtStartUtc, type PlainDate } from "@/lib/domain/plain-date";
import { previousQuarter, quarterBounds, quarterOf } from "@/lib/domain/quarter";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";

/** Days of the period where the snapshot names none. */
const DEFAULT_PERIOD_DAYS = 90;

/** The days that KPIs about a period look at: the snapshot's, else the last 90 days, today included. */
export function kpiPeriod({ period, today }: FleetSnapshot): DayInterval {
  return period ?? { start: addDays(today, 1 - DEFAULT_PERIOD_DAYS), endExclusive: addDays(today, 1) };
}

/** The period in milliseconds; closes happen at syncs, so the last day of a running period reaches to now. */
export function kpiPeriodMs(snapshot: FleetSnapshot): { from: number; until: number } {
  const { start, endExclusive } = kpiPeriod(snapshot);
  return { from: instantAtStartUtc(start).getTime(), until: instantAtStartUtc(endExclusive).getTime() };
}

/** Which days "the period" is, as a sentence, up to today where it still runs; `endExclusive` where a figure looks less far. */
export function periodSentence(snapshot: FleetSnapshot, endExclusive = addDays(snapshot.today, 1)): string {
  const { start, endExclusive: end } = kpiPeriod(snapshot);
  return `The period is ${start} to ${addDays(earlierOf(end, endExclusive), -1)}, both days included.`;
}

/** First day that deadlines of the period are not counted from: a deadline of today is not over yet. */
export function deadlinesUntil(snapshot: FleetSnapshot): PlainDate {
  return earlierOf(kpiPeriod(snapshot).endExclusive, snapshot.today);
}

/** The quarter that register KPIs look at: the snapshot's period, else the last quarter that is over, because a register is attested per quarter. */
export function registerQuarter(snapshot: FleetSnapshot): DayInterval {
  return (
    snapshot.period ?? quarterBounds(previousQuarter(quarterOf(snapshot.today, snapshot.fiscalYearStartMonth ?? 1)))
  );
}
