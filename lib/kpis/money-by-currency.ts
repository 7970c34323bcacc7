import { Decimal, parseDecimal } from "@/lib/domain/money";
import type { PricedAmount } from "@/lib/domain/recommendation";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";

/** The currency of list prices: what a figure of nothing at all is told in. */
const LIST_CURRENCY = "USD";

/** The currencies of some amounts and of the brokers' costs, sorted; that of list prices where there is none. Never empty. */
export function currenciesOf(snapshot: FleetSnapshot, amounts: readonly PricedAmount[]): readonly string[] {
  const found = new Set([
    ...amounts.flatMap((amount) => (amount.known ? [amount.currency] : [])),
    ...snapshot.brokers.flatMap(({ monthlyCost }) => monthlyCost?.currency ?? []),
  ]);
  return found.size === 0 ? [LIST_CURRENCY] : [...found].sort();
}

/** The known amounts of one currency together, as the database's column can hold it. */
export function sumIn(currency: string, amounts: readonly PricedAmount[]): Decimal {
  return amounts
    .reduce(
      (sum, amount) => (amount.known && amount.currency === currency ? sum.plus(parseDecimal(amount.amount)) : sum),
      new Decimal(0),
    )
    .toDecimalPlaces(18);
}
