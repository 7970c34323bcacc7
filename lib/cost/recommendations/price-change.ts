import { monthlyListCost, type PricedShape } from "@/lib/cost/monthly-list-cost";
import type { RecommendationSubject } from "@/lib/cost/recommendations/define-recommendation";
import { Decimal, decimalToText, parseDecimal } from "@/lib/domain/money";
import type { PricedAmount, RecommendationDetail } from "@/lib/domain/recommendation";
import type { PriceList } from "@/lib/reference/prices";

type Price = Pick<RecommendationDetail, "monthly" | "price">;

/** A fleet has few shapes; a price list never changes. */
const listCosts = new WeakMap<PriceList, Map<string, PricedAmount>>();

function listCost(prices: PriceList, shape: PricedShape): PricedAmount {
  const memo = listCosts.get(prices) ?? new Map<string, PricedAmount>();
  listCosts.set(prices, memo);
  const key = [shape.region, shape.engine, shape.deploymentMode, shape.instanceType].join("|");
  const cost = memo.get(key) ?? monthlyListCost(prices, shape);
  memo.set(key, cost);
  return cost;
}

/** The shape of the broker that decides about its list price. */
export function shapeOf({ region, attributes }: RecommendationSubject): PricedShape {
  const { engine, deploymentMode, instanceType } = attributes;
  return { region, engine, deploymentMode, instanceType };
}

/**
 * What deleting the broker saves: the run rate of its billed costs where they are placed on it for certain, else the list price of its instances.
 * Ambiguous shares are not used: they may be another broker's.
 */
export function priceOfDeletion(subject: RecommendationSubject, prices: PriceList): Price {
  const list = listCost(prices, shapeOf(subject));
  const { billed } = subject;
  // A broker that costs nothing now (past the end of support of its type) saves nothing: its bill says so, a list price would not.
  if (billed && billed.basis !== "ambiguous") {
    return {
      monthly: {
        known: true,
        amount: decimalToText(billed.amount),
        currency: billed.currency,
        priceListOf: null,
      },
      price: {
        basis: "billed",
        explanation:
          "Run rate of the last 7 final days x 365/12 of what AWS bills for the broker (instances and storage); the list price of its instances is shown beside it.",
        before: list,
        after: null,
        billed: billedOf(subject),
      },
    };
  }
  return {
    monthly: list,
    price: {
      basis: "list-price",
      explanation:
        "List price of its instances x 730 hours, without storage and data transfer: no billed cost is placed on it for certain.",
      before: list,
      after: null,
      billed: billedOf(subject),
    },
  };
}

/** The difference between two list prices of a month, `direction` says which way is positive. Unknown where one is; never negative. */
export function priceOfChange(
  subject: RecommendationSubject,
  input: { before: PricedAmount; after: PricedAmount; nature: "saving" | "premium"; explanation: string },
): Price {
  const { before, after, nature, explanation } = input;
  const price = { basis: "list-price" as const, explanation, before, after, billed: billedOf(subject) };
  if (!before.known) return { monthly: before, price };
  if (!after.known) return { monthly: after, price };
  if (before.currency !== after.currency)
    return {
      monthly: { known: false, reason: `Amounts of ${before.currency} and ${after.currency} are not compared.` },
      price,
    };
  const change = parseDecimal(before.amount).minus(parseDecimal(after.amount));
  const amount = nature === "saving" ? change : change.negated();
  return {
    monthly: {
      known: true,
      amount: decimalToText(Decimal.max(amount, 0)),
      currency: before.currency,
      priceListOf: earlier(before.priceListOf, after.priceListOf),
    },
    price,
  };
}

/** List price x 730 of the broker as it is and as it would be. */
export function priceOfShapes(
  subject: RecommendationSubject,
  prices: PriceList,
  change: Partial<PricedShape>,
  nature: "saving" | "premium",
): Price {
  const shape = shapeOf(subject);
  return priceOfChange(subject, {
    before: listCost(prices, shape),
    after: listCost(prices, { ...shape, ...change }),
    nature,
    explanation:
      "List price of the instances now and afterwards x 730 hours, both looked up, without storage and data transfer. What AWS bills today is shown beside it.",
  });
}

function billedOf({ billed }: RecommendationSubject): RecommendationDetail["price"]["billed"] {
  return billed && { amount: decimalToText(billed.amount), currency: billed.currency, basis: billed.basis };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
