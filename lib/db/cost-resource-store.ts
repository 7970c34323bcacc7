import type { Database } from "@/lib/db/client";
import { arrayLiteral, slicesOf } from "@/lib/db/cost-array-literal";
import type { CostRead } from "@/lib/db/cost-day-store";
import { toJsonb } from "@/lib/db/to-jsonb";
import {
  addDays,
  addMonths,
  daysInMonth,
  earlierOf,
  endExclusiveOfMonth,
  laterOf,
  type PlainDate,
  plainDateParts,
  startOfMonth,
} from "@/lib/domain/plain-date";

/** A billed amount of one resource. `unblended` is exact text with at most 18 digits behind the point. */
export interface ResourceCostRow {
  accountId: string;
  day: PlainDate;
  resourceId: string;
  usageType: string;
  recordType: string;
  currency: string;
  unblended: string;
}

const KEY = "account_id, month, source, reported_by, resource_id, usage_type, record_type, currency";
const ROWS_PER_STATEMENT = 5_000;

/** Days of `$n` to `$m` (places in the array) from the second array, all others from the first. */
const MERGED = `(SELECT array_agg(CASE WHEN place BETWEEN $4 AND $5 THEN fresh ELSE known END ORDER BY place)
  FROM unnest(c.amounts, EXCLUDED.amounts) WITH ORDINALITY AS days(known, fresh, place))`;

/**
 * Makes the stored per-resource amounts of a source and reporter equal to what was read, for the days of the interval; other days of the same
 * months stay. Run it in a transaction. `rows` must lie within the interval and hold each key once.
 */
export async function replaceResourceCosts(
  db: Database,
  read: CostRead,
  rows: readonly ResourceCostRow[],
): Promise<void> {
  const { start, endExclusive } = read.interval;
  for (let month = startOfMonth(start); month < endExclusive; month = addMonths(month, 1)) {
    const first = laterOf(start, month);
    const last = addDays(earlierOf(endExclusive, endExclusiveOfMonth(month)), -1);
    const places = [plainDateParts(first).day, plainDateParts(last).day] as const;
    await db.execute(
      `UPDATE cost_resource_month c SET amounts = (
         SELECT array_agg(CASE WHEN place BETWEEN $4 AND $5 THEN NULL ELSE amount END ORDER BY place)
           FROM unnest(c.amounts) WITH ORDINALITY AS days(amount, place))
        WHERE month = $1::date AND source = $2 AND reported_by = $3`,
      month,
      read.source,
      read.reportedBy,
      ...places,
    );
    const inMonth = rows.filter((row) => startOfMonth(row.day) === month);
    for (const slice of slicesOf(monthRows(inMonth, daysInMonth(month)), ROWS_PER_STATEMENT)) {
      await db.execute(
        `INSERT INTO cost_resource_month AS c (${KEY}, amounts)
         SELECT "accountId", $6::date, $2, $3, "resourceId", "usageType", "recordType", currency, amounts::numeric(38,18)[]
           FROM jsonb_to_recordset($1::jsonb) AS r("accountId" text, "resourceId" text, "usageType" text, "recordType" text, currency text, amounts text)
         ON CONFLICT (${KEY}) DO UPDATE SET amounts = ${MERGED}`,
        toJsonb(slice),
        read.source,
        read.reportedBy,
        ...places,
        month,
      );
    }
    await db.execute(
      `DELETE FROM cost_resource_month WHERE month = $1::date AND source = $2 AND reported_by = $3 AND num_nonnulls(VARIADIC amounts) = 0`,
      month,
      read.source,
      read.reportedBy,
    );
  }
}

/** A stored per-resource line of one day. */
export interface ResourceLineRow {
  accountId: string;
  day: PlainDate;
  source: string;
  reportedBy: string;
  resourceId: string;
  usageType: string;
  currency: string;
  unblended: string;
}

/** Usage lines per resource of some accounts in one month (any of its days). */
export function resourceLines(
  db: Database,
  accountIds: readonly string[],
  month: PlainDate,
  usageRecordTypes: readonly string[],
): Promise<ResourceLineRow[]> {
  return db.rows<ResourceLineRow>(
    `SELECT account_id AS "accountId", (month + (place - 1)::integer)::text AS day, source, reported_by AS "reportedBy",
            resource_id AS "resourceId", usage_type AS "usageType", currency, amount::text AS unblended
       FROM cost_resource_month CROSS JOIN LATERAL unnest(amounts) WITH ORDINALITY AS days(amount, place)
      WHERE account_id = ANY($1::text[]) AND month = $2::date AND record_type = ANY($3::text[]) AND amount IS NOT NULL
      ORDER BY account_id, place, resource_id, usage_type, currency`,
    accountIds,
    startOfMonth(month),
    usageRecordTypes,
  );
}

function monthRows(
  rows: readonly ResourceCostRow[],
  length: number,
): (Omit<ResourceCostRow, "day" | "unblended"> & { amounts: string })[] {
  const byKey = new Map<string, { row: ResourceCostRow; amounts: (string | null)[] }>();
  for (const row of rows) {
    const key = JSON.stringify([row.accountId, row.resourceId, row.usageType, row.recordType, row.currency]);
    let entry = byKey.get(key);
    if (!entry) {
      entry = { row, amounts: new Array<string | null>(length).fill(null) };
      byKey.set(key, entry);
    }
    entry.amounts[plainDateParts(row.day).day - 1] = row.unblended;
  }
  return [...byKey.values()].map(({ row, amounts }) => ({
    accountId: row.accountId,
    resourceId: row.resourceId,
    usageType: row.usageType,
    recordType: row.recordType,
    currency: row.currency,
    amounts: arrayLiteral(amounts),
  }));
}
