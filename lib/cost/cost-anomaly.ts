import { Decimal } from "@/lib/domain/money";
import { addDays, type PlainDate } from "@/lib/domain/plain-date";

/** Final days before a day that it is compared with; fewer say nothing. */
export const BASE_DAYS = 28;
/** A day stands out when it is above the mean by three standard deviations, by a fifth, and by so much a day that it is worth somebody's time. */
const DEVIATIONS = 3;
const LEAST_SHARE = new Decimal("0.2");
const LEAST_AMOUNT = new Decimal("5");
/** Final days that are looked at: older ones are no news. */
const RECENT_DAYS = 7;

export interface CostDayTotal {
  day: PlainDate;
  billed: Decimal;
}

export interface CostAnomaly {
  day: PlainDate;
  amount: Decimal;
  mean: Decimal;
  /** Above the mean, percent, rounded. */
  percent: number;
}

/**
 * The recent final days of one account and currency that cost far more than the 28 final days before them. Of a row of such days only the first is told:
 * the others follow from it. `days` ascending, final ones alone; days that are missing among the 28 are not made up. Pure.
 */
export function costAnomalies(days: readonly CostDayTotal[], today: PlainDate): CostAnomaly[] {
  const found = days.map((day, index) => anomalyOf(day, days.slice(Math.max(0, index - BASE_DAYS), index)));
  return found.flatMap((anomaly, index) => {
    if (!anomaly || anomaly.day < addDays(today, -RECENT_DAYS) || found[index - 1]) return [];
    return [anomaly];
  });
}

function anomalyOf({ day, billed }: CostDayTotal, base: readonly CostDayTotal[]): CostAnomaly | null {
  if (base.length < BASE_DAYS) return null;
  const mean = base.reduce((sum, other) => sum.plus(other.billed), new Decimal(0)).div(base.length);
  const variance = base
    .reduce((sum, other) => sum.plus(other.billed.minus(mean).pow(2)), new Decimal(0))
    .div(base.length);
  const above = billed.minus(mean);
  if (mean.lte(0) || above.lt(LEAST_AMOUNT) || above.lt(mean.times(LEAST_SHARE))) return null;
  if (above.lte(variance.sqrt().times(DEVIATIONS))) return null;
  return { day, amount: billed, mean, percent: above.div(mean).times(100).round().toNumber() };
}
