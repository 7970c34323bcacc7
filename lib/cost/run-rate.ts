import { Decimal } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";

/** Usage cost of one day in one currency; `estimated` while AWS still marks any part of it so. */
export interface CostOfDay {
  day: PlainDate;
  amount: Decimal;
  estimated: boolean;
}

/** A monthly rate and the days it rests on. */
export interface RunRate {
  /** Per month, unrounded but for the division at the end (60 digits). */
  monthly: Decimal;
  /** Cost of those days together. */
  sum: Decimal;
  /** The final days it is the mean of, ascending. */
  days: readonly PlainDate[];
}

/** Days that a run rate is the mean of. */
export const RUN_RATE_DAYS = 7;

/**
 * Run rate: mean of the last 7 final days x 365/12, of unblended usage cost (without tax, credits and refunds: the caller leaves them out).
 * A day that was read and cost nothing must be among `days` with amount 0; a day that was never read must not. With fewer final days than
 * `minimumDays` there is no rate; with fewer than 7 but enough, it is the mean of those there are. `reason` is a sentence for the page.
 */
export function runRate(
  days: readonly CostOfDay[],
  options: { minimumDays?: number } = {},
): RunRate | { unavailable: string } {
  const { minimumDays = RUN_RATE_DAYS } = options;
  const last = days
    .filter((day) => !day.estimated)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .slice(-RUN_RATE_DAYS);
  if (last.length === 0)
    return {
      unavailable: days.length === 0 ? "No cost data were read." : "AWS still marks every day as estimated.",
    };
  if (last.length < minimumDays)
    return {
      unavailable: `Only ${last.length} of the ${minimumDays} final days that are needed ${last.length === 1 ? "is" : "are"} known.`,
    };
  const sum = last.reduce((total, { amount }) => total.plus(amount), new Decimal(0));
  return { monthly: sum.times(365).div(12 * last.length), sum, days: last.map(({ day }) => day) };
}
