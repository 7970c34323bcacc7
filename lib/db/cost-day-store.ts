import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import { addDays, type DayInterval, type PlainDate } from "@/lib/domain/plain-date";

/** A billed amount as one source and reporter tell it. Numbers are exact text with at most 18 digits behind the point. */
export interface CostDayRow {
  accountId: string;
  day: PlainDate;
  usageType: string;
  recordType: string;
  currency: string;
  unblended: string;
  amortized: string | null;
  usageQuantity: string | null;
  usageUnit: string | null;
  estimated: boolean;
}

/** Days of an account of which a read changed something: from the first to the last of them. */
export interface ChangedDays extends DayInterval {
  accountId: string;
}

export interface CostRead {
  source: string;
  reportedBy: string;
  /** The days that were read in full. */
  interval: DayInterval;
  observedAt: Date;
  /** The record types that were read, where others could not be; absent: all. */
  recordTypes?: readonly string[];
}

const KEY = `account_id, day, source, reported_by, usage_type, record_type, currency`;
const VALUES = ["unblended", "amortized", "usage_quantity", "usage_unit", "estimated"] as const;
const ROWS_PER_STATEMENT = 10_000;

const REPLACE = `
  WITH incoming AS (
    SELECT "accountId" AS account_id, day, $2 AS source, $3 AS reported_by, "usageType" AS usage_type, "recordType" AS record_type, currency,
           unblended, amortized, "usageQuantity" AS usage_quantity, "usageUnit" AS usage_unit, estimated, $6::timestamptz AS observed_at
      FROM jsonb_to_recordset($1::jsonb) AS r("accountId" text, day date, "usageType" text, "recordType" text, currency text,
           unblended numeric(38,18), amortized numeric(38,18), "usageQuantity" numeric(38,18), "usageUnit" text, estimated boolean)
  ), removed AS (
    DELETE FROM cost_day c
     WHERE reported_by = $3 AND source = $2 AND day >= $4::date AND day < $5::date
       AND ($7::text[] IS NULL OR record_type = ANY($7::text[]))
       AND NOT EXISTS (SELECT 1 FROM incoming i WHERE i.account_id = c.account_id AND i.day = c.day AND i.usage_type = c.usage_type
                          AND i.record_type = c.record_type AND i.currency = c.currency)
    RETURNING account_id, day
  ), written AS (
    INSERT INTO cost_day (${KEY}, ${VALUES.join(", ")}, observed_at)
    SELECT ${KEY}, ${VALUES.join(", ")}, observed_at FROM incoming ORDER BY ${KEY}
    ON CONFLICT (${KEY}) DO UPDATE SET ${VALUES.map((v) => `${v} = EXCLUDED.${v}`).join(", ")}, observed_at = EXCLUDED.observed_at
     WHERE (${VALUES.map((v) => `cost_day.${v}`).join(", ")}) IS DISTINCT FROM (${VALUES.map((v) => `EXCLUDED.${v}`).join(", ")})
    RETURNING account_id, day
  )
  SELECT account_id AS "accountId", min(day)::text AS "first", max(day)::text AS "last"
    FROM (SELECT * FROM removed UNION ALL SELECT * FROM written) changed GROUP BY account_id ORDER BY account_id`;

/**
 * Makes the stored days of a source and reporter equal to what was read: new and restated rows are written, rows that AWS no longer reports are
 * removed, equal ones are not touched (so `observed_at` is when a row last changed). One statement per slice of days; run it in a transaction.
 * `rows` must lie within the interval and hold each key once. Returns what changed, by account.
 */
export async function replaceCostDays(
  db: Database,
  read: CostRead,
  rows: readonly CostDayRow[],
): Promise<ChangedDays[]> {
  const byDay = new Map<PlainDate, CostDayRow[]>();
  for (const row of rows) {
    const list = byDay.get(row.day);
    if (list) list.push(row);
    else byDay.set(row.day, [row]);
  }
  const changed = new Map<string, ChangedDays>();
  for (const slice of daySlices(read.interval, byDay)) {
    const found = await db.rows<{ accountId: string; first: PlainDate; last: PlainDate }>(
      REPLACE,
      toJsonb(slice.rows),
      read.source,
      read.reportedBy,
      slice.start,
      slice.endExclusive,
      read.observedAt,
      read.recordTypes ?? null,
    );
    for (const { accountId, first, last } of found) {
      const known = changed.get(accountId);
      changed.set(accountId, { accountId, start: known?.start ?? first, endExclusive: addDays(last, 1) });
    }
  }
  return [...changed.values()].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
}

/** The interval cut at day bounds into pieces of about ROWS_PER_STATEMENT rows. */
function daySlices(
  interval: DayInterval,
  byDay: ReadonlyMap<PlainDate, CostDayRow[]>,
): (DayInterval & { rows: CostDayRow[] })[] {
  const slices: (DayInterval & { rows: CostDayRow[] })[] = [];
  let rows: CostDayRow[] = [];
  let start = interval.start;
  for (let day = interval.start; day < interval.endExclusive; day = addDays(day, 1)) {
    const ofDay = byDay.get(day) ?? [];
    if (rows.length > 0 && rows.length + ofDay.length > ROWS_PER_STATEMENT) {
      slices.push({ start, endExclusive: day, rows });
      rows = [];
      start = day;
    }
    rows.push(...ofDay);
  }
  if (start < interval.endExclusive) slices.push({ start, endExclusive: interval.endExclusive, rows });
  return slices;
}

/** The days a reporter's source is known for, and the accounts it answers for. */
export interface CoverageRow extends DayInterval {
  reportedBy: string;
  source: string;
  accounts: readonly string[];
  observedAt: Date;
}

/**
 * Adds a read to the days that a source is known for. The read must touch or overlap what is known; where it leaves a hole, what lies before is
 * forgotten rather than the hole papered over.
 */
export async function extendCoverage(db: Database, read: CostRead, accounts: readonly string[]): Promise<void> {
  await db.execute(
    `INSERT INTO cost_coverage AS c (reported_by, source, accounts, from_day, until_day, observed_at)
     VALUES ($1, $2, (SELECT array_agg(DISTINCT a ORDER BY a) FROM unnest($3::text[]) AS a), $4::date, $5::date, $6::timestamptz)
     ON CONFLICT (reported_by, source) DO UPDATE SET
       accounts = (SELECT array_agg(DISTINCT a ORDER BY a) FROM unnest(c.accounts || EXCLUDED.accounts) AS a),
       from_day = CASE WHEN EXCLUDED.from_day <= c.until_day AND EXCLUDED.until_day >= c.from_day
                       THEN LEAST(c.from_day, EXCLUDED.from_day) ELSE EXCLUDED.from_day END,
       until_day = CASE WHEN EXCLUDED.from_day <= c.until_day AND EXCLUDED.until_day >= c.from_day
                        THEN GREATEST(c.until_day, EXCLUDED.until_day) ELSE EXCLUDED.until_day END,
       observed_at = EXCLUDED.observed_at`,
    read.reportedBy,
    read.source,
    [...accounts, read.reportedBy],
    read.interval.start,
    read.interval.endExclusive,
    read.observedAt,
  );
}

/** What is covered by whom, by reporter and source. */
export function costCoverage(db: Database): Promise<CoverageRow[]> {
  return db.rows<CoverageRow>(
    `SELECT reported_by AS "reportedBy", source, accounts, from_day::text AS start, until_day::text AS "endExclusive", observed_at AS "observedAt"
       FROM cost_coverage ORDER BY reported_by, source`,
  );
}
