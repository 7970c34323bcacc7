import { z } from "zod";
import { cutQuery, day, decimalText, freshness, instant } from "@/lib/contracts/common";

export const kpiValue = z
  .object({
    series: z.string(),
    value: decimalText.nullable(),
    numerator: decimalText.nullable(),
    denominator: decimalText.nullable(),
    unknowns: z.number().int(),
    exclusions: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    parts: z.array(z.object({ label: z.string(), value: z.string(), unit: z.string() })),
    asOf: instant.nullable(),
    unavailable: z.string().nullable(),
    caveats: z.array(z.string()),
  })
  .meta({ id: "KpiValue" });

export const kpiView = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    definition: z.string(),
    numeratorLabel: z.string().nullable(),
    denominatorLabel: z.string().nullable(),
    unit: z.string(),
    direction: z.string(),
    target: z.number().nullable(),
    source: z.string(),
    values: z.array(kpiValue),
  })
  .meta({ id: "Kpi" });
export type KpiView = z.infer<typeof kpiView>;

export const kpiQuery = cutQuery;
export const kpiList = z
  .object({ items: z.array(kpiView), total: z.number().int(), asOf: instant, freshness })
  .meta({ id: "KpiList" });
export type KpiList = z.infer<typeof kpiList>;

export const kpiHistoryQuery = z.object({
  /** all, or one dimension and key */
  dimension: z.enum(["all", "account", "region", "engine", "environment", "owner"]).default("all"),
  key: z.string().max(1000).default(""),
  from: day.optional(),
  until: day.optional(),
});
export const kpiHistory = z
  .object({
    id: z.string(),
    unit: z.string(),
    series: z.array(
      z.object({
        series: z.string(),
        /** One per snapshot day; days without a snapshot are absent. */
        points: z.array(
          z.object({
            day,
            value: decimalText.nullable(),
            numerator: decimalText.nullable(),
            denominator: decimalText.nullable(),
            unknowns: z.number().int(),
            version: z.number().int(),
          }),
        ),
      }),
    ),
    asOf: instant,
  })
  .meta({ id: "KpiHistory" });
export type KpiHistory = z.infer<typeof kpiHistory>;

/** A KPI by every key of one dimension, now. */
export const kpiBreakdownQuery = cutQuery.extend({
  by: z.enum(["account", "region", "engine", "environment", "owner"]),
});
export const kpiBreakdown = z
  .object({
    id: z.string(),
    by: z.string(),
    rows: z.array(z.object({ key: z.string(), label: z.string(), values: z.array(kpiValue) })),
    asOf: instant,
  })
  .meta({ id: "KpiBreakdown" });

/** What is behind a figure. */
export const kpiContributorsQuery = cutQuery.extend({
  /** One value of a KPI that has several; absent: all of them. */
  series: z.string().max(200).optional(),
  group: z.enum(["numerator", "not-in-numerator", "unknown", "excluded"]).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(20).optional(),
});
export const kpiContributors = z
  .object({
    id: z.string(),
    counts: z.object({
      numerator: z.number().int(),
      "not-in-numerator": z.number().int(),
      unknown: z.number().int(),
      excluded: z.number().int(),
    }),
    items: z.array(
      z.object({
        series: z.string(),
        group: z.string(),
        kind: z.enum(["broker", "episode", "incident", "drill", "cost-day"]),
        /** Broker id, finding id, id in the register. */
        key: z.string(),
        label: z.string(),
        detail: z.string(),
        reason: z.string().nullable(),
        amount: z.object({ value: z.string(), unit: z.string() }).nullable(),
      }),
    ),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
    asOf: instant,
  })
  .meta({ id: "KpiContributors" });
export type KpiContributors = z.infer<typeof kpiContributors>;

/** Targets by quarter; those of a quarter that has begun are locked. */
export const kpiTargets = z
  .object({
    id: z.string(),
    unit: z.string(),
    /** The definition's own, where nobody set one. */
    ownTarget: z.number().nullable(),
    runningQuarter: z.string(),
    inForce: z.number().nullable(),
    /** Quarters that have not begun. */
    settable: z.array(z.string()),
    items: z.array(
      z.object({
        quarter: z.string(),
        startOn: day,
        target: z.number(),
        setAt: instant,
        setBy: z.string(),
        locked: z.boolean(),
      }),
    ),
  })
  .meta({ id: "KpiTargets" });
export type KpiTargets = z.infer<typeof kpiTargets>;
export const kpiTargetInput = z
  .object({ quarter: z.string().min(1).max(20), target: z.number().min(0).max(1_000_000_000) })
  .meta({ id: "KpiTargetInput" });
