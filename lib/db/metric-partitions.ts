import type { Database } from "@/lib/db/client";
import {
  addDays,
  addMonths,
  comparePlainDates,
  type DayInterval,
  dayOfWeek,
  intervalContains,
  type PlainDate,
  parsePlainDate,
  startOfMonth,
} from "@/lib/domain/plain-date";

/** Days of hourly values that are kept, the current one among them. */
export const HOURLY_DAYS = 15;
/** Months of daily values that are kept besides the current one. */
export const DAILY_MONTHS = 13;

/** The two partitioned tables and how they are cut: daily values by month, hourly ones by week, so that 15 days do not keep 45 on disk. */
const TABLES = {
  daily: {
    startOf: startOfMonth,
    next: (start: PlainDate) => addMonths(start, 1),
    keepFrom: (today: PlainDate) => addMonths(startOfMonth(today), -DAILY_MONTHS),
  },
  hourly: {
    startOf: (day: PlainDate) => addDays(day, 1 - dayOfWeek(day)),
    next: (start: PlainDate) => addDays(start, 7),
    keepFrom: (today: PlainDate) => addDays(today, 1 - HOURLY_DAYS),
  },
} as const;
export type MetricTable = keyof typeof TABLES;

/** Any number, the same in every process: whoever changes partitions waits for the others. */
const LOCK = 1_299_471_825;

/** The first day that is kept of a table: older values are neither stored nor read. */
export function firstKeptDay(table: MetricTable, today: PlainDate): PlainDate {
  return TABLES[table].keepFrom(today);
}

/** A partition with the days it holds. */
export interface MetricPartition extends DayInterval {
  /** Quoted, with its schema. */
  name: string;
}

/** Partitions that exist, ascending. */
export async function metricPartitions(db: Database, table: MetricTable): Promise<MetricPartition[]> {
  const rows = await db.rows<{ name: string; bound: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE i.inhparent = $1::regclass`,
    `metrics.${table}`,
  );
  return rows
    .flatMap(({ name, bound }) => {
      const [, start, end] = /^FOR VALUES FROM \('([\d-]+)'\) TO \('([\d-]+)'\)$/.exec(bound) ?? [];
      return start && end ? [{ name, start: parsePlainDate(start), endExclusive: parsePlainDate(end) }] : [];
    })
    .sort((x, y) => comparePlainDates(x.start, y.start));
}

/** Makes the partitions that hold the days of the interval, as far as they are missing. */
export async function ensureMetricPartitions(db: Database, table: MetricTable, interval: DayInterval): Promise<void> {
  const { startOf, next } = TABLES[table];
  const existing = await metricPartitions(db, table);
  const missing: PlainDate[] = [];
  for (let start = startOf(interval.start); start < interval.endExclusive; start = next(start)) {
    if (!existing.some((partition) => intervalContains(partition, start))) missing.push(start);
  }
  if (missing.length === 0) return;
  await db.transaction(async (tx) => {
    await tx.rows("SELECT pg_advisory_xact_lock($1)::text", LOCK);
    for (const start of missing) {
      await tx.execute(
        `CREATE TABLE IF NOT EXISTS ${partitionName(table, start)} PARTITION OF metrics.${table} FOR VALUES FROM ('${start}') TO ('${next(start)}')`,
      );
    }
  });
}

/**
 * Makes partitions one ahead of `today` and drops those that hold nothing but expired days. Answers the names of those dropped. Cheap when there
 * is nothing to do: call it before every read.
 */
export async function maintainMetricPartitions(db: Database, today: PlainDate): Promise<string[]> {
  const dropped: string[] = [];
  for (const table of ["daily", "hourly"] as const) {
    const { startOf, next, keepFrom } = TABLES[table];
    await ensureMetricPartitions(db, table, { start: today, endExclusive: next(next(startOf(today))) });
    const partitions = await metricPartitions(db, table);
    const expired = partitions.filter(({ endExclusive }) => endExclusive <= keepFrom(today)).map(({ name }) => name);
    if (expired.length === 0) continue;
    await db.transaction(async (tx) => {
      await tx.rows("SELECT pg_advisory_xact_lock($1)::text", LOCK);
      for (const name of expired) await tx.execute(`DROP TABLE IF EXISTS ${name}`);
    });
    dropped.push(...expired);
  }
  return dropped;
}

function partitionName(table: MetricTable, start: PlainDate): string {
  return `metrics.${table}_${start.replaceAll("-", "")}`;
}
