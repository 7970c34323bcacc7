import type { Database } from "@/lib/db/client";
import { type RollupDimension, type RollupLevel, rollupLevelFor } from "@/lib/domain/cost-rollup";
import {
  addDays,
  type DayInterval,
  daysInMonth,
  earlierOf,
  endExclusiveOfMonth,
  laterOf,
  type PlainDate,
  plainDateParts,
  startOfMonth,
} from "@/lib/domain/plain-date";

/** Keys that costs are limited to; absent or empty: no limit. Several keys of one dimension are alternatives, dimensions must all be met. */
export interface CostCut {
  account?: readonly string[];
  region?: readonly string[];
  engine?: readonly string[];
  environment?: readonly string[];
  /** Owner keys; "(none)" for brokers without owner. */
  owner?: readonly string[];
}

/** Usage cost of one key of a dimension in one month. `amounts[i]` is day i + 1 as exact text, null where nothing was booked. */
export interface MonthOfKey {
  currency: string;
  key: string;
  month: PlainDate;
  amounts: readonly (string | null)[];
}

/** Usage cost of one key over the days of an interval, as exact text; `ambiguous` is part of `total`. */
export interface TotalOfKey {
  currency: string;
  key: string;
  total: string;
  ambiguous: string;
}

const COLUMN_OF: Readonly<Record<RollupDimension, string>> = {
  account: "account_id",
  region: "region",
  engine: "engine",
  environment: "environment",
  owner: "owner",
  component: "component",
};

const CUT_DIMENSIONS = ["account", "region", "engine", "environment", "owner"] as const;

/**
 * One sum per day of the month: arrays are added place by place, without unnesting them. They travel as one text, which the driver reads ten times
 * as fast as an array.
 */
const DAY_SUMS = `array_to_string(ARRAY[${Array.from({ length: 31 }, (_, i) => `sum(amounts[${i + 1}])`).join(", ")}], ',', '')`;

/** Usage cost by month and key of `by` (one key '' without it), sorted; only months and keys that have any. `keys` limits it to some keys. */
export async function monthsByKey(
  db: Database,
  by: RollupDimension | null,
  cut: CostCut,
  interval: DayInterval,
  keys?: readonly string[],
): Promise<MonthOfKey[]> {
  const query = selection(by, cut, interval);
  const key = by === null ? "''::text" : COLUMN_OF[by];
  const onlyKeys = keys && by !== null ? `AND ${key} = ANY(${query.parameter(keys)}::text[])` : "";
  const rows = await db.rows<Omit<MonthOfKey, "amounts"> & { amounts: string }>(
    `SELECT currency, ${key} AS key, month::text AS month, ${DAY_SUMS} AS amounts
       FROM cost_rollup_month WHERE ${query.where} ${onlyKeys} GROUP BY currency, ${key}, month ORDER BY 1, 2, 3`,
    ...query.parameters,
  );
  return rows.map((row) => {
    const amounts = row.amounts.split(",").slice(0, daysInMonth(row.month));
    return { ...row, amounts: amounts.map((amount) => (amount === "" ? null : amount)) };
  });
}

/** Usage cost by key of `by` (one key '' without it) over an interval, the dearest first. */
export function totalsByKey(
  db: Database,
  by: RollupDimension | null,
  cut: CostCut,
  interval: DayInterval,
): Promise<TotalOfKey[]> {
  const query = selection(by, cut, interval);
  const key = by === null ? "''::text" : COLUMN_OF[by];
  const partial = partialMonths(interval);
  const slice = (column: string) =>
    `CASE month ${partial.map((m) => `WHEN '${m.month}'::date THEN (SELECT COALESCE(sum(x), 0) FROM unnest(${column}[${m.first}:${m.last}]) AS x)`).join(" ")}`;
  const total = partial.length === 0 ? "total" : `${slice("amounts")} ELSE total END`;
  const ambiguous = partial.length === 0 ? "ambiguous_total" : `${slice("ambiguous")} ELSE ambiguous_total END`;
  return db.rows<TotalOfKey>(
    `SELECT currency, key, total::text AS total, ambiguous::text AS ambiguous FROM (
       SELECT currency, ${key} AS key, sum(${total}) AS total, sum(${ambiguous}) AS ambiguous
         FROM cost_rollup_month WHERE ${query.where} GROUP BY currency, ${key}) sums
      ORDER BY currency, sums.total DESC, key`,
    ...query.parameters,
  );
}

interface Selection {
  level: RollupLevel;
  where: string;
  parameters: unknown[];
  parameter(value: unknown): string;
}

function selection(by: RollupDimension | null, cut: CostCut, interval: DayInterval): Selection {
  const limits = CUT_DIMENSIONS.flatMap((dimension) => {
    const keys = cut[dimension];
    return keys && keys.length > 0 ? [{ dimension, keys }] : [];
  });
  const level = rollupLevelFor([...limits.map((limit) => limit.dimension), ...(by === null ? [] : [by])]);
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [
    `level = ${parameter(level)}`,
    `month >= ${parameter(startOfMonth(interval.start))}::date`,
    `month < ${parameter(interval.endExclusive)}::date`,
    ...limits.map(({ dimension, keys }) => `${COLUMN_OF[dimension]} = ANY(${parameter(keys)}::text[])`),
  ];
  return { level, where: conditions.join(" AND "), parameters, parameter };
}

/** The first and last month of the interval where it does not hold all their days; places in the arrays from 1. */
function partialMonths(interval: DayInterval): { month: PlainDate; first: number; last: number }[] {
  if (interval.start >= interval.endExclusive) return [];
  const months = new Set([startOfMonth(interval.start), startOfMonth(addDays(interval.endExclusive, -1))]);
  return [...months].flatMap((month) => {
    const first = laterOf(interval.start, month);
    const endExclusive = earlierOf(interval.endExclusive, endExclusiveOfMonth(month));
    if (first === month && endExclusive === endExclusiveOfMonth(month)) return [];
    return [{ month, first: plainDateParts(first).day, last: plainDateParts(addDays(endExclusive, -1)).day }];
  });
}
