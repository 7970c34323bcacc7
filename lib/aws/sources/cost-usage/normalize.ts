import { atColumnScale, Decimal, parseDecimal, parseMoney } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { CostPage } from "./wire";

/** One group of one day, its two keys not yet given a meaning. */
export interface CostGroup {
  keys: readonly [string, string];
  day: PlainDate;
  currency: string;
  unblended: Decimal;
  amortized: Decimal | null;
  usageQuantity: Decimal | null;
  usageUnit: string | null;
  estimated: boolean;
}

/** Units that say nothing: Cost Explorer writes N/A where it added different ones. */
const NO_UNIT = new Set(["", "n/a", "na", "none"]);

/**
 * The groups of all pages by day and keys. A group that appears on two pages is one group: its amounts are added. Groups in which everything
 * is zero are left out. Amounts are exact to the 18 digits that are stored.
 */
export function normalizeCosts(pages: readonly CostPage[]): CostGroup[] {
  const groups = new Map<string, CostGroup>();
  for (const page of pages) {
    for (const { TimePeriod, Estimated, Groups } of page.ResultsByTime) {
      for (const { Keys: keys, Metrics: metrics } of Groups ?? []) {
        const unblended = atColumnScale(parseMoney(metrics.UnblendedCost.Amount, metrics.UnblendedCost.Unit));
        const amortized = metrics.AmortizedCost
          ? atColumnScale(parseMoney(metrics.AmortizedCost.Amount, metrics.AmortizedCost.Unit))
          : null;
        const unit = metrics.UsageQuantity?.Unit?.trim() ?? "";
        const group: CostGroup = {
          keys,
          day: TimePeriod.Start,
          currency: unblended.currency,
          unblended: unblended.amount,
          amortized: amortized?.amount ?? null,
          usageQuantity: metrics.UsageQuantity ? parseDecimal(metrics.UsageQuantity.Amount) : null,
          usageUnit: NO_UNIT.has(unit.toLowerCase()) ? null : unit,
          estimated: Estimated ?? false,
        };
        const key = JSON.stringify([group.day, ...keys, group.currency, group.usageUnit]);
        const known = groups.get(key);
        groups.set(key, known ? added(known, group) : group);
      }
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => (isNothing(group) ? [] : group));
}

/** The name(s) Cost Explorer has for Amazon MQ, among the SERVICE values of an account. */
export function amazonMqNames(services: readonly string[]): string[] {
  return [...new Set(services.filter((name) => /^(amazon|aws)[\s-]*mq\b/i.test(name.trim())))].sort();
}

function added(a: CostGroup, b: CostGroup): CostGroup {
  const sum = (x: Decimal | null, y: Decimal | null) => (x && y ? x.plus(y) : (x ?? y));
  return {
    ...a,
    unblended: a.unblended.plus(b.unblended),
    amortized: sum(a.amortized, b.amortized),
    usageQuantity: sum(a.usageQuantity, b.usageQuantity),
    estimated: a.estimated || b.estimated,
  };
}

function isNothing({ unblended, amortized, usageQuantity }: CostGroup): boolean {
  return unblended.isZero() && (amortized ?? new Decimal(0)).isZero() && (usageQuantity ?? new Decimal(0)).isZero();
}
