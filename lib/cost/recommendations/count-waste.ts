import { parseDecimal } from "@/lib/domain/money";
import {
  type PricedAmount,
  RECOMMENDATION_KINDS,
  type RecommendationKind,
  type RecommendationNature,
} from "@/lib/domain/recommendation";

/** What counting needs of a recommendation. */
export interface Countable {
  readonly kind: RecommendationKind;
  readonly nature: RecommendationNature;
  readonly monthly: PricedAmount;
}

/**
 * The one waste item of a broker that sums may count: the largest saving; the others are alternatives, because two cannot be had at once. Premiums are
 * never waste. Amounts of different currencies cannot be compared: then, and where no price is known, the first kind counts. Null: there is no waste.
 */
export function countedWaste<T extends Countable>(open: readonly T[]): T | null {
  const savings = open
    .filter(({ nature }) => nature === "saving")
    .sort((a, b) => RECOMMENDATION_KINDS.indexOf(a.kind) - RECOMMENDATION_KINDS.indexOf(b.kind));
  const priced = savings.flatMap((item) => (item.monthly.known ? [{ item, monthly: item.monthly }] : []));
  const [first] = priced;
  if (!first) return savings[0] ?? null;
  const comparable = priced.filter(({ monthly }) => monthly.currency === first.monthly.currency);
  return comparable.reduce((largest, next) =>
    parseDecimal(next.monthly.amount).greaterThan(parseDecimal(largest.monthly.amount)) ? next : largest,
  ).item;
}
