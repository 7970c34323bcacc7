import type { Engine } from "@/lib/domain/engine-version";
import { Decimal, decimalToText, parseDecimal } from "@/lib/domain/money";
import type { MonthlyAmount } from "@/lib/domain/plan";
import { brokerHourPrice, type PriceList } from "@/lib/reference/prices";

/** Hours of an average month: 365 x 24 / 12. */
export const HOURS_PER_MONTH = new Decimal(730);

/** The shape of a broker that decides about its price. */
export interface PricedShape {
  region: string;
  engine: Engine | undefined;
  deploymentMode: string | null | undefined;
  instanceType: string | null | undefined;
}

/** List price of a broker's instances for a month. Storage and data transfer are not in it. */
export function monthlyListCost(
  prices: PriceList,
  { region, engine, deploymentMode, instanceType }: PricedShape,
): MonthlyAmount {
  if (!engine || !deploymentMode || !instanceType)
    return { known: false, reason: "Engine, deployment mode or instance type was never observed." };
  const found = brokerHourPrice(prices, { region, engine, deploymentMode, instanceType });
  if (!found.known) return { known: false, reason: found.reason };
  return {
    known: true,
    amount: decimalToText(found.price.amount.times(HOURS_PER_MONTH)),
    currency: found.price.currency,
    priceListOf: found.asOf,
  };
}

/** Both amounts together: unknown where one is, or where their currencies differ. */
export function sumMonthly(a: MonthlyAmount, b: MonthlyAmount): MonthlyAmount {
  if (!a.known) return a;
  if (!b.known) return b;
  if (a.currency !== b.currency)
    return { known: false, reason: `Amounts of ${a.currency} and ${b.currency} are not added.` };
  return {
    known: true,
    amount: decimalToText(parseDecimal(a.amount).plus(parseDecimal(b.amount))),
    currency: a.currency,
    priceListOf: a.priceListOf < b.priceListOf ? a.priceListOf : b.priceListOf,
  };
}
