import { z } from "zod";
import { cutQuery, day, decimalText, freshness, instant } from "@/lib/contracts/common";

export const COST_DIMENSIONS = ["account", "engine", "region", "environment", "owner", "component"] as const;

export const costQuery = cutQuery.extend({
  by: z.enum(COST_DIMENSIONS).default("engine"),
  granularity: z.enum(["day", "month"]).default("day"),
  from: day.optional(),
  until: day.optional().meta({ description: "Exclusive" }),
});

export const costReport = z
  .object({
    scope: z.string().meta({ description: "Amazon MQ service charges, and what is not included" }),
    by: z.string(),
    granularity: z.string(),
    currencies: z.array(
      z.object({
        currency: z.string(),
        /** amount null: nothing was read for that day (a gap, not zero) */
        series: z.array(
          z.object({
            key: z.string(),
            label: z.string(),
            points: z.array(z.object({ start: day, amount: decimalText.nullable(), estimated: z.boolean() })),
            total: decimalText,
          }),
        ),
        billed: decimalText,
        allocated: decimalText,
        ambiguous: decimalText,
        unallocated: decimalText,
        runRate: z.object({ value: decimalText.nullable(), unavailable: z.string().nullable(), days: z.array(day) }),
        otherCharges: z.array(z.object({ recordType: z.string(), amount: decimalText })),
      }),
    ),
    from: day,
    until: day,
    missingDays: z.number().int(),
    estimatedDays: z.number().int(),
    sources: z.array(z.string()),
    asOf: instant,
    freshness,
  })
  .meta({ id: "CostReport" });
export type CostReport = z.infer<typeof costReport>;
