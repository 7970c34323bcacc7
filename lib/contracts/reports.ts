import { z } from "zod";
import { day, decimalText, instant } from "@/lib/contracts/common";
import {
  COLUMN_KINDS,
  FIGURE_UNITS,
  LIST_COLUMN_KINDS,
  type QuarterlyReport,
  REPORT_SCOPES,
  REPORT_STAGES,
} from "@/lib/domain/report-document";

const plainDay = day.pipe(z.custom<QuarterlyReport["start"]>((text) => typeof text === "string"));

export const reportFigure = z
  .object({
    value: decimalText.nullable(),
    unit: z.enum(FIGURE_UNITS),
    currency: z.string().nullable(),
    unknown: z.string().nullable().meta({ description: "Why there is no value; null where there is one" }),
    n: decimalText
      .nullable()
      .meta({ description: "What it rests on: the denominator of a share, the episodes of a mean" }),
    basis: z.string().nullable(),
  })
  .meta({ id: "ReportFigure" });

const cell = z.union([z.string(), z.null(), reportFigure]);
const note = z.string().nullable();
const block = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({
    kind: z.literal("figures"),
    id: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        figure: reportFigure,
        previous: reportFigure.nullable(),
        target: reportFigure.nullable(),
      }),
    ),
  }),
  z.object({
    kind: z.literal("table"),
    id: z.string(),
    title: z.string(),
    columns: z.array(
      z.object({ key: z.string(), label: z.string(), kind: z.enum(COLUMN_KINDS), width: z.number().positive() }),
    ),
    rows: z.array(z.array(cell)),
    total: z.number().int(),
    list: z.string().nullable(),
    note,
    empty: z.string(),
  }),
  z.object({
    kind: z.literal("lines"),
    id: z.string(),
    title: z.string(),
    unit: z.enum(FIGURE_UNITS),
    currency: z.string().nullable(),
    from: plainDay,
    until: plainDay,
    mark: plainDay,
    target: decimalText.nullable(),
    series: z.array(
      z.object({
        label: z.string(),
        points: z.array(z.object({ day: plainDay, value: decimalText.nullable() })),
      }),
    ),
    note,
  }),
  z.object({
    kind: z.literal("bars"),
    id: z.string(),
    title: z.string(),
    unit: z.enum(FIGURE_UNITS),
    currency: z.string().nullable(),
    series: z.array(z.string()),
    bars: z.array(z.object({ label: z.string(), values: z.array(decimalText.nullable()), estimated: z.boolean() })),
    note,
  }),
  z.object({
    kind: z.literal("timeline"),
    id: z.string(),
    title: z.string(),
    from: plainDay,
    until: plainDay,
    quarters: z.array(z.object({ name: z.string(), start: plainDay, endExclusive: plainDay })),
    marks: z.array(z.object({ label: z.string(), on: plainDay, brokers: reportFigure, spend: z.array(reportFigure) })),
    note,
    empty: z.string(),
  }),
  z.object({ kind: z.literal("sign-off"), text: z.string(), roles: z.array(z.string()) }),
]);

export const reportScope = z.object({ kind: z.enum(REPORT_SCOPES), key: z.string(), label: z.string() });
const stage = z.enum(REPORT_STAGES);

/** A frozen report, exactly as it was computed. */
export const quarterlyReport = z
  .object({
    schema: z.literal(1),
    product: z.object({ name: z.string(), version: z.string() }),
    quarter: z.string(),
    start: plainDay,
    endExclusive: plainDay,
    previousQuarter: z.string(),
    stage,
    number: z.number().int().min(1),
    scope: reportScope,
    asOf: instant,
    computedAt: instant,
    computedBy: z.string(),
    reason: z.string().nullable(),
    open: z.array(z.string()),
    summary: z.array(z.string()),
    sections: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        group: z.enum(["report", "owner", "appendix"]),
        blocks: z.array(block),
      }),
    ),
    inputs: z.array(z.object({ name: z.string(), rows: z.number().int(), sha256: z.string() })),
    rules: z.array(z.object({ id: z.string(), version: z.number().int() })),
    kpis: z.array(
      z.object({
        id: z.string(),
        version: z.number().int(),
        title: z.string(),
        definition: z.string(),
        source: z.string(),
      }),
    ),
    lists: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        columns: z.array(z.object({ key: z.string(), label: z.string(), kind: z.enum(LIST_COLUMN_KINDS) })),
        rows: z.number().int(),
        sha256: z.string(),
      }),
    ),
  })
  .meta({ id: "QuarterlyReport" }) satisfies z.ZodType<QuarterlyReport>;

/** Rows of the complete lists by list id. */
export const reportLists = z.record(z.string(), z.array(z.array(z.string().nullable())));

export const reportItem = z
  .object({
    id: z.number().int(),
    quarter: z.string(),
    start: day,
    endExclusive: day,
    stage,
    number: z.number().int(),
    scope: reportScope,
    asOf: instant,
    computedAt: instant,
    computedBy: z.string(),
    reason: z.string().nullable(),
    open: z.array(z.string()),
    sha256: z.string().meta({ description: "Of the report as canonical JSON, which the JSON download is" }),
    /** Whether a later version of the same quarter and scope exists. */
    superseded: z.boolean(),
  })
  .meta({ id: "QuarterlyReportVersion" });
export type ReportItem = z.infer<typeof reportItem>;

export const reportListQuery = z.object({
  quarter: z.string().max(20).optional().meta({ description: "e.g. 2026-Q3; absent: all" }),
  scope: z.enum(REPORT_SCOPES).optional(),
  key: z.string().max(1000).optional().meta({ description: "Account id or owner key" }),
});
export const reportPage = z
  .object({
    items: z.array(reportItem),
    total: z.number().int(),
    /** Quarters of which a report can be computed, the running one first. */
    quarters: z.array(z.object({ name: z.string(), running: z.boolean() })),
    /** What a report can be about, as far as the person who asks may compute it. */
    scopes: z.array(reportScope),
    asOf: instant,
  })
  .meta({ id: "QuarterlyReportVersions" });
export type ReportPage = z.infer<typeof reportPage>;

export const reportInput = z
  .object({
    quarter: z.string().min(1).max(20),
    scope: z.enum(REPORT_SCOPES).default("all"),
    key: z.string().max(1000).default("").meta({ description: "Account id or owner key; empty for everything" }),
    reason: z.string().trim().max(1000).optional().meta({ description: "Needed for the correction of a final report" }),
  })
  .meta({ id: "QuarterlyReportInput" });
export const reportIssued = z
  .object({
    report: reportItem,
    created: z.boolean().meta({ description: "False: nothing had changed since this version" }),
  })
  .meta({ id: "QuarterlyReportIssued" });

export const reportDetail = z
  .object({ report: reportItem, document: quarterlyReport })
  .meta({ id: "QuarterlyReportDetail" });
export type ReportDetail = z.infer<typeof reportDetail>;

export const reportPdfQuery = z.object({
  paper: z.enum(["a4", "letter"]).default("a4"),
  owners: z.enum(["all", "none"]).default("all").meta({ description: "Whether the pages of owners are in it" }),
});
