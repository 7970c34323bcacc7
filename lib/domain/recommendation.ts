/** What is recommended, in the order in which kinds are listed. */
export const RECOMMENDATION_KINDS = [
  "idle",
  "oversized",
  "wrong-storage",
  "ha-in-development",
  "evaluation-in-production",
] as const;
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number];

export function isRecommendationKind(text: string): text is RecommendationKind {
  return RECOMMENDATION_KINDS.some((kind) => kind === text);
}

/** A saving is waste that can be avoided; a premium is what compliance costs, never a saving. */
export const RECOMMENDATION_NATURES = ["saving", "premium"] as const;
export type RecommendationNature = (typeof RECOMMENDATION_NATURES)[number];

/** Why an episode ended: what was recommended was seen done; the reason for it is gone; the broker is; a person set it aside. */
export const RECOMMENDATION_END_CAUSES = ["done", "no-longer-applies", "not-in-service", "dismissed"] as const;
export type RecommendationEndCause = (typeof RECOMMENDATION_END_CAUSES)[number];

export const CONFIDENCE_LEVELS = ["high", "medium", "low"] as const;
export type ConfidenceLevel = (typeof CONFIDENCE_LEVELS)[number];

/** An amount per month with the day of the price list behind it (null: it is billed, no list price is in it), or why it is not known. Exact text. */
export type PricedAmount =
  | { known: true; amount: string; currency: string; priceListOf: string | null }
  | { known: false; reason: string };

/** An amount that is stored in columns, or why there is none. */
export function storedAmountOf({
  monthly,
  currency,
  reason = null,
  priceListOf = null,
}: {
  monthly: string | null;
  currency: string | null;
  reason?: string | null;
  priceListOf?: string | null;
}): PricedAmount {
  return monthly !== null && currency !== null
    ? { known: true, amount: monthly, currency, priceListOf }
    : { known: false, reason: reason ?? "No price is known." };
}

/** What a saving or a premium was computed from: the run rate of what AWS billed for final days, or list prices times 730 hours. */
export const PRICE_BASES = ["billed", "list-price"] as const;
export type PriceBasis = (typeof PRICE_BASES)[number];

/** A measured value of the evidence window beside the threshold it was compared with. */
export interface EvidenceMetric {
  /** CloudWatch's name. */
  name: string;
  /** What the value is: "peak of 14 days". */
  statistic: string;
  value: number;
  unit: string;
  /** The threshold: the value may be at most this for the recommendation to be made. Null where it is shown for information. */
  limit: number | null;
}

/** The whole days [from, until) that the evidence is of. */
export interface EvidenceWindow {
  from: string;
  until: string;
  days: number;
  daysWithData: number;
}

/** What a recommendation says: evidence, confidence, price and what has to be done. Amounts are exact text, per month. */
export interface RecommendationDetail {
  summary: string;
  /** Null where what AWS describes decides alone, without any metric. */
  window: EvidenceWindow | null;
  metrics: readonly EvidenceMetric[];
  confidence: { level: ConfidenceLevel; reasons: readonly string[] };
  /** What changes, as AWS names it; `to` null: the broker is deleted for good. */
  change: {
    attribute: "presence" | "instanceType" | "storageType" | "deploymentMode";
    from: string;
    to: string | null;
  };
  /** The saving, or the premium; never negative. Unknown where a price is: then there is no figure, but the reason. */
  monthly: PricedAmount;
  price: {
    basis: PriceBasis;
    /** How it was computed, in words. */
    explanation: string;
    before: PricedAmount;
    /** Null: nothing is left to pay. */
    after: PricedAmount | null;
    /** Run rate of what AWS bills for the broker, beside list prices; null where none could be placed. */
    billed: { amount: string; currency: string; basis: string } | null;
  };
  steps: readonly string[];
}
