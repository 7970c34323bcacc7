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
