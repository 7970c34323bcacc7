import { z } from "zod";
import { changeItem } from "@/lib/contracts/brokers";
import { cutQuery, day, freshness, instant } from "@/lib/contracts/common";
import { findingItem } from "@/lib/contracts/findings";
import { kpiView } from "@/lib/contracts/kpis";

export const overviewQuery = cutQuery;
/** Everything the overview page shows at first paint but cost (its own request). */
export const overview = z
  .object({
    brokers: z.object({
      total: z.number().int(),
      byEngine: z.record(z.string(), z.number()),
      byPresence: z.record(z.string(), z.number()),
    }),
    kpis: z.array(
      kpiView.extend({
        trend: z.array(
          z.object({ series: z.string(), points: z.array(z.object({ day, value: z.string().nullable() })) }),
        ),
      }),
    ),
    findings: z.object({
      open: z.number().int(),
      bySeverity: z.record(z.string(), z.number()),
      overdue: z.number().int(),
    }),
    /** What needs attention next, most urgent first. */
    attention: z.array(findingItem),
    lines: z.array(
      z.object({
        engine: z.string(),
        line: z.string(),
        brokers: z.number().int(),
        status: z.string(),
        endOfSupport: day.nullable(),
        sentence: z.string(),
      }),
    ),
    /** Since the sync before the last one, or the last 7 days. */
    changes: z.object({
      since: instant.nullable(),
      items: z.array(changeItem),
      total: z.number().int(),
      opened: z.number().int(),
      closed: z.number().int(),
    }),
    asOf: instant,
    freshness,
    mode: z.string(),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof overview>;
