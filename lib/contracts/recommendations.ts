import { z } from "zod";
import { day, decimalText, instant, listQueryOf, ownerRef, pageOf } from "@/lib/contracts/common";
import {
  CONFIDENCE_LEVELS,
  PRICE_BASES,
  RECOMMENDATION_END_CAUSES,
  RECOMMENDATION_KINDS,
  RECOMMENDATION_NATURES,
  type RecommendationDetail,
} from "@/lib/domain/recommendation";

const pricedAmount = z
  .discriminatedUnion("known", [
    z.object({ known: z.literal(true), amount: decimalText, currency: z.string(), priceListOf: day.nullable() }),
    z.object({ known: z.literal(false), reason: z.string() }),
  ])
  .meta({ id: "PricedAmount", description: "Per month; unknown is unknown, never zero" });

/** Evidence, confidence, price and steps of a recommendation, as API and database hold them. */
export const recommendationDetail = z
  .object({
    summary: z.string(),
    /** The whole days [from, until); null where what AWS describes decides without any metric. */
    window: z.object({ from: day, until: day, days: z.number().int(), daysWithData: z.number().int() }).nullable(),
    metrics: z.array(
      z.object({
        name: z.string(),
        statistic: z.string(),
        value: z.number(),
        unit: z.string(),
        /** The value may be at most this; null where it is shown for information. */
        limit: z.number().nullable(),
      }),
    ),
    confidence: z.object({ level: z.enum(CONFIDENCE_LEVELS), reasons: z.array(z.string()) }),
    change: z.object({
      attribute: z.enum(["presence", "instanceType", "storageType", "deploymentMode"]),
      from: z.string(),
      to: z.string().nullable(),
    }),
    monthly: pricedAmount,
    price: z.object({
      basis: z.enum(PRICE_BASES),
      explanation: z.string(),
      before: pricedAmount,
      after: pricedAmount.nullable(),
      billed: z.object({ amount: decimalText, currency: z.string(), basis: z.string() }).nullable(),
    }),
    steps: z.array(z.string()),
  })
  .meta({ id: "RecommendationDetail" }) satisfies z.ZodType<RecommendationDetail>;

export const recommendationItem = z
  .object({
    id: z.number().int(),
    kind: z.enum(RECOMMENDATION_KINDS),
    /** A saving, or the premium of compliance. */
    nature: z.enum(RECOMMENDATION_NATURES),
    state: z.enum(["open", "dismissed", "ended"]),
    broker: z.object({ id: z.string(), name: z.string() }),
    accountId: z.string(),
    region: z.string(),
    engine: z.string(),
    engineVersion: z.string().nullable(),
    instanceType: z.string().nullable(),
    deploymentMode: z.string().nullable(),
    environment: z.string(),
    owner: ownerRef.nullable(),
    /** The one waste item of its broker that sums count; others are alternatives. */
    counted: z.boolean(),
    /** Saving or premium per month. */
    monthly: pricedAmount,
    confidence: z.enum(CONFIDENCE_LEVELS),
    openedAt: instant,
    lastSeenAt: instant,
    endedAt: instant.nullable(),
    endCause: z.enum(RECOMMENDATION_END_CAUSES).nullable(),
    endedBy: z.string().nullable(),
    endReason: z.string().nullable(),
    /** First day on which a dismissed one may be made again. */
    dismissedUntil: day.nullable(),
    detail: recommendationDetail,
    /** Evidence at the start, where it was another one. */
    openedDetail: recommendationDetail.nullable(),
    /** What was saved by one that was done; null as long as it was not. */
    realised: z
      .object({ monthly: z.object({ amount: decimalText, currency: z.string() }).nullable(), explanation: z.string() })
      .nullable(),
  })
  .meta({ id: "RecommendationItem" });
export type RecommendationItem = z.infer<typeof recommendationItem>;

export const RECOMMENDATION_PROPERTIES = [
  "kind",
  "nature",
  "state",
  "counted",
  "confidence",
  "cause",
  "broker",
  "brokerId",
  "account",
  "region",
  "engine",
  "environment",
  "owner",
  "instanceType",
  "monthly",
  "openedAt",
  "endedAt",
] as const;
export const RECOMMENDATION_SORTS = RECOMMENDATION_PROPERTIES.filter((property) => property !== "counted");
/** By default open ones; a `state` or `cause` filter shows others. */
export const recommendationListQuery = listQueryOf(RECOMMENDATION_PROPERTIES, RECOMMENDATION_SORTS);

const recommendationSum = z
  .object({
    currency: z.string(),
    amount: decimalText,
    /** What of the amount is the run rate of what AWS bills; the rest are differences of list prices times 730 hours. */
    billed: decimalText,
    /** Publication days of the oldest and newest list price in the amount; null where there is none in it. */
    priceListFrom: day.nullable(),
    priceListTo: day.nullable(),
    brokers: z.number().int(),
  })
  .meta({ id: "RecommendationSum" });

/** Sums of what a filter matches, by currency; never of two currencies. */
export const recommendationTotals = z
  .object({
    /** Brokers in service of the cut at which any kind has looked; 0: nothing was judged yet. */
    judged: z.number().int(),
    /** Waste: one item per broker. */
    savings: z.array(recommendationSum),
    /** What compliance would cost; never taken from the savings. */
    premiums: z.array(recommendationSum),
    /** Counted waste items and premiums without a price. */
    withoutPrice: z.number().int(),
    byKind: z.array(z.object({ kind: z.enum(RECOMMENDATION_KINDS), recommendations: z.number().int() })),
    /** Brokers in service of which a kind could not be judged, by kind. */
    notJudged: z.array(z.object({ kind: z.enum(RECOMMENDATION_KINDS), brokers: z.number().int() })),
  })
  .meta({ id: "RecommendationTotals" });
export type RecommendationTotals = z.infer<typeof recommendationTotals>;

export const recommendationBasis = z
  .object({
    kinds: z.array(
      z.object({
        kind: z.enum(RECOMMENDATION_KINDS),
        title: z.string(),
        definition: z.string(),
        nature: z.enum(RECOMMENDATION_NATURES),
        version: z.number().int(),
      }),
    ),
    thresholds: z.array(z.object({ title: z.string(), value: z.number(), unit: z.string(), reason: z.string() })),
    /** Newest publication day of the list prices in force. */
    priceListOf: day.nullable(),
  })
  .meta({ id: "RecommendationBasis" });

export const recommendationPage = pageOf(recommendationItem)
  .extend({ totals: recommendationTotals, basis: recommendationBasis })
  .meta({ id: "RecommendationPage" });
export type RecommendationPage = z.infer<typeof recommendationPage>;

export const recommendationExport = z
  .object({ asOf: instant, total: z.number().int(), totals: recommendationTotals, items: z.array(recommendationItem) })
  .meta({ id: "RecommendationExport" });

/** Days for which a recommendation can be set aside at most. */
export const MAX_DISMISSAL_DAYS = 365;
export const recommendationDismissal = z
  .object({
    reason: z.string().trim().min(3).max(2000),
    /** First day on which it may be made again. */
    until: day,
  })
  .meta({ id: "RecommendationDismissal" });

/** The recommendations of a broker, and what every kind says of it. */
export const brokerRecommendations = z
  .object({
    items: z.array(recommendationItem),
    outcomes: z.array(
      z.object({
        kind: z.enum(RECOMMENDATION_KINDS),
        title: z.string(),
        outcome: z.enum(["recommended", "dismissed", "none", "excluded", "unknown"]),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: "BrokerRecommendations" });
export type BrokerRecommendations = z.infer<typeof brokerRecommendations>;
