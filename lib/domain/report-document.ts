import type { PlainDate } from "@/lib/domain/plain-date";

/** Units of the figures of a report. `points` is the difference of two percentages; `money` is an amount, `money-per-month` a rate. */
export const FIGURE_UNITS = ["count", "percent", "points", "days", "minutes", "money", "money-per-month"] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** One number of a report with all that is needed to defend it. */
export interface Figure {
  /** Exact decimal text; null where there is none. */
  value: string | null;
  unit: FigureUnit;
  /** ISO 4217, for money alone. */
  currency: string | null;
  /** Why there is no value, as a sentence; null where there is one. */
  unknown: string | null;
  /** How many things it rests on: the denominator of a share, the episodes of a mean. */
  n: string | null;
  /** What it was made from, where that is not the quarter as a whole. */
  basis: string | null;
}

/** Text, a day (YYYY-MM-DD), nothing, or a figure. */
export type Cell = string | null | Figure;

export const COLUMN_KINDS = ["text", "date", "figure"] as const;
export interface Column {
  key: string;
  label: string;
  kind: (typeof COLUMN_KINDS)[number];
  /** Share of the width on paper, relative to the others. */
  width: number;
}

export interface TextBlock {
  kind: "text";
  text: string;
}

/** Headline figures, each beside the quarter before and its target. */
export interface FiguresBlock {
  kind: "figures";
  id: string;
  items: { id: string; label: string; figure: Figure; previous: Figure | null; target: Figure | null }[];
}

export interface TableBlock {
  kind: "table";
  id: string;
  title: string;
  columns: Column[];
  rows: Cell[][];
  /** How many rows there are in all, where `rows` holds only the first of them. */
  total: number;
  /** The complete list that the rows are the first of; null where the rows are complete. */
  list: string | null;
  note: string | null;
  /** Said where there are no rows. */
  empty: string;
}

/** Values over the days of the quarter before and this one; a day without a snapshot is a gap. */
export interface LinesBlock {
  kind: "lines";
  id: string;
  title: string;
  unit: FigureUnit;
  currency: string | null;
  from: PlainDate;
  until: PlainDate;
  /** First day of the quarter that the report is about. */
  mark: PlainDate;
  target: string | null;
  series: { label: string; points: { day: PlainDate; value: string | null }[] }[];
  note: string | null;
}

/** Amounts side by side, one group per month. */
export interface BarsBlock {
  kind: "bars";
  id: string;
  title: string;
  unit: FigureUnit;
  currency: string | null;
  series: string[];
  bars: { label: string; values: (string | null)[]; estimated: boolean }[];
  note: string | null;
}

/** Ends of support within the coming quarters. */
export interface TimelineBlock {
  kind: "timeline";
  id: string;
  title: string;
  from: PlainDate;
  until: PlainDate;
  quarters: { name: string; start: PlainDate; endExclusive: PlainDate }[];
  marks: { label: string; on: PlainDate; brokers: Figure; spend: Figure[] }[];
  note: string | null;
  empty: string;
}

/** Where people sign. */
export interface SignOffBlock {
  kind: "sign-off";
  text: string;
  roles: string[];
}

export type Block = TextBlock | FiguresBlock | TableBlock | LinesBlock | BarsBlock | TimelineBlock | SignOffBlock;

export interface Section {
  id: string;
  title: string;
  /** Pages of owners are left out of the short form. */
  group: "report" | "owner" | "appendix";
  blocks: Block[];
}

/** `to-date`: the quarter runs. `correction`: after a final one. */
export const REPORT_STAGES = ["to-date", "preliminary", "final", "correction"] as const;
export type ReportStage = (typeof REPORT_STAGES)[number];

export const REPORT_SCOPES = ["all", "account", "owner"] as const;
export interface ReportScope {
  kind: (typeof REPORT_SCOPES)[number];
  /** Account id or owner key; '' for everything. */
  key: string;
  label: string;
}

/** A quarterly report, computed once. Nothing in it is computed again when it is drawn, printed or exported. */
export interface QuarterlyReport {
  schema: 1;
  product: { name: string; version: string };
  quarter: string;
  start: PlainDate;
  endExclusive: PlainDate;
  previousQuarter: string;
  stage: ReportStage;
  /** Number of the version among those of its quarter and scope, from 1. */
  number: number;
  scope: ReportScope;
  /** The instant that the figures are about: the end of the quarter, or when they were computed while it runs. */
  asOf: string;
  computedAt: string;
  computedBy: string;
  /** Why there is another version; null for the first. */
  reason: string | null;
  /** Why it is not final yet; empty for a final one. */
  open: string[];
  summary: string[];
  sections: Section[];
  /** What it was computed from. */
  inputs: { name: string; rows: number; sha256: string }[];
  rules: { id: string; version: number }[];
  kpis: { id: string; version: number; title: string; definition: string; source: string }[];
  /** Complete lists; the rows travel apart (`ReportLists`). */
  lists: { id: string; title: string; columns: ListColumn[]; rows: number; sha256: string }[];
}

export const LIST_COLUMN_KINDS = ["text", "date", "number"] as const;
export interface ListColumn {
  key: string;
  label: string;
  kind: (typeof LIST_COLUMN_KINDS)[number];
}

/** Rows of the complete lists by list id; numbers as exact text. */
export type ReportLists = Record<string, (string | null)[][]>;

/** A figure that is known. */
export function figure(
  unit: FigureUnit,
  value: string | number,
  more: { currency?: string; n?: string | number | null; basis?: string | null } = {},
): Figure {
  const n = more.n ?? null;
  return {
    value: String(value),
    unit,
    currency: more.currency ?? null,
    unknown: null,
    n: n === null ? null : String(n),
    basis: more.basis ?? null,
  };
}

/** A figure that nobody can tell, with the reason as a sentence. */
export function unknownFigure(unit: FigureUnit, reason: string, currency: string | null = null): Figure {
  return { value: null, unit, currency, unknown: reason, n: null, basis: null };
}

/** Whether a cell is a figure. */
export function isFigure(cell: Cell): cell is Figure {
  return typeof cell === "object" && cell !== null;
}
