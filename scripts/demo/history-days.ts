import { addDays, addMonths, comparePlainDates, diffDays, type PlainDate } from "@/lib/domain/plain-date";
import { quarterBounds, quarterOf } from "@/lib/domain/quarter";

/** How far back the demo's history reaches. */
export const HISTORY_MONTHS = 15;
/** Days before the last one that have a sync each; older ones have one a week. */
export const DAILY_DAYS = 28;

/**
 * The days that still get a sync, oldest first: from 15 months before the anchor to `last`, weekly at first, the last four weeks daily, and the last day of
 * each quarter, so that a quarter's report is of its end. `done` is the
 * newest day that has one (null: none). A pure function of its arguments, so an interrupted history goes on where it stood, and one built twice is
 * the same.
 */
export function historyDays(input: { anchor: PlainDate; last: PlainDate; done: PlainDate | null }): PlainDate[] {
  const { anchor, last, done } = input;
  const start = addMonths(anchor, -HISTORY_MONTHS);
  const days: PlainDate[] = [];
  for (let day = start; comparePlainDates(day, last) <= 0; day = addDays(day, 1)) {
    const isDue = diffDays(day, last) <= DAILY_DAYS || diffDays(start, day) % 7 === 0 || isQuarterEnd(day);
    if (isDue && (done === null || day > done)) days.push(day);
  }
  return days;
}

function isQuarterEnd(day: PlainDate): boolean {
  return quarterBounds(quarterOf(day, 1)).endExclusive === addDays(day, 1);
}

/** What a day's sync leaves out: costs and metrics can be read backwards, so fewer reads bring the same data; the surroundings of brokers change seldom. */
export type LeftOut = "costs" | "metrics" | "surroundings";

/** Days between two reads of costs, and of metrics. */
const READ_EVERY_DAYS = 28;
/** Days between two reads of the surroundings of brokers in the daily part of the history. */
const SURROUNDINGS_EVERY_DAYS = 7;
/** Metrics are read from this many days before the end: each read covers 13 months, and more than that is never kept. */
const METRICS_FROM_DAYS = 60;

/**
 * Costs are read every four weeks from the first sync on (AWS keeps a month estimated until it is over, so the run rate moves once a month), metrics
 * near the end, and both by the last sync. Days in between bring nothing that the next read does not. The surroundings (zones, open ports) are read
 * with the costs, and weekly in the daily part.
 */
export function leftOutOn(day: PlainDate, input: { anchor: PlainDate; last: PlainDate }): LeftOut[] {
  const daysLeft = diffDays(day, input.last);
  const sinceStart = diffDays(addMonths(input.anchor, -HISTORY_MONTHS), day);
  const isReadDay = (daysLeft > DAILY_DAYS ? sinceStart : daysLeft) % READ_EVERY_DAYS === 0;
  if (isReadDay) return daysLeft > METRICS_FROM_DAYS ? ["metrics"] : [];
  const isDaily = daysLeft <= DAILY_DAYS;
  return isDaily && daysLeft % SURROUNDINGS_EVERY_DAYS === 0
    ? ["costs", "metrics"]
    : ["costs", "metrics", "surroundings"];
}
