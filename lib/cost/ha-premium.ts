import { monthlyListCost, type PricedShape } from "@/lib/cost/monthly-list-cost";
import { isHighlyAvailable } from "@/lib/domain/broker";
import { decimalToText, parseDecimal } from "@/lib/domain/money";
import type { PricedAmount } from "@/lib/domain/recommendation";
import type { PriceList } from "@/lib/reference/prices";

/**
 * What a highly available broker costs a month above a single instance of the same type: the difference of two list prices x 730 hours, both looked
 * up. Null for single instances and unknown deployment modes.
 */
export function haPremiumOf(prices: PriceList, shape: PricedShape): PricedAmount | null {
  if (isHighlyAvailable(shape.engine, shape.deploymentMode) !== true) return null;
  const pair = monthlyListCost(prices, shape);
  if (!pair.known) return pair;
  const single = monthlyListCost(prices, { ...shape, deploymentMode: "SINGLE_INSTANCE" });
  if (!single.known) return single;
  if (pair.currency !== single.currency)
    return { known: false, reason: `Amounts of ${pair.currency} and ${single.currency} are not compared.` };
  return {
    known: true,
    amount: decimalToText(parseDecimal(pair.amount).minus(parseDecimal(single.amount))),
    currency: pair.currency,
    priceListOf: pair.priceListOf < single.priceListOf ? pair.priceListOf : single.priceListOf,
  };
}
