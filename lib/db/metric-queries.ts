import type { Database } from "@/lib/db/client";
import {
  addDays,
  type DayInterval,
  daysOf,
  instantAtStartUtc,
  type PlainDate,
  startOfMonth,
} from "@/lib/domain/plain-date";

/** A stored series on a full grid: every day or hour of the interval has a point, null where there is no data. */
export interface StoredSeries {
  metric: string;
  /** '' the whole broker, '1' and '2' the instances of ActiveMQ, else a node's name. */
  dimension: string;
  stat: string;
  points: readonly { at: Date; value: number | null }[];
}

interface SeriesRow {
  metric: string;
  dimension: string;
  stat: string;
  start: PlainDate;
  values: readonly (number | null)[];
}

const HOUR_MS = 3_600_000;

/** Daily values of a broker over whole days, by metric, dimension and statistic. `metrics` limits it to some. */
export async function dailySeries(
  db: Database,
  brokerId: number,
  interval: DayInterval,
  metrics?: readonly string[],
): Promise<StoredSeries[]> {
  const rows = await db.rows<SeriesRow>(
    `SELECT metric, dimension, stat, month::text AS start, values FROM metrics.daily
      WHERE broker_id = $1 AND month >= $2::date AND month < $3::date AND ($4::text[] IS NULL OR metric = ANY($4::text[]))
      ORDER BY metric, dimension, stat, month`,
    brokerId,
    startOfMonth(interval.start),
    interval.endExclusive,
    metrics ?? null,
  );
  const grid = daysOf(interval).map(instantAtStartUtc);
  return onGrid(rows, grid, (start, index) => instantAtStartUtc(addDays(start, index)).getTime());
}

/** Hourly values of a broker over whole days, by metric, dimension and statistic. `metrics` limits it to some. */
export async function hourlySeries(
  db: Database,
  brokerId: number,
  interval: DayInterval,
  metrics?: readonly string[],
): Promise<StoredSeries[]> {
  const rows = await db.rows<SeriesRow>(
    `SELECT metric, dimension, stat, day::text AS start, values FROM metrics.hourly
      WHERE broker_id = $1 AND day >= $2::date AND day < $3::date AND ($4::text[] IS NULL OR metric = ANY($4::text[]))
      ORDER BY metric, dimension, stat, day`,
    brokerId,
    interval.start,
    interval.endExclusive,
    metrics ?? null,
  );
  const grid = daysOf(interval).flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => new Date(instantAtStartUtc(day).getTime() + hour * HOUR_MS)),
  );
  return onGrid(rows, grid, (start, index) => instantAtStartUtc(start).getTime() + index * HOUR_MS);
}

/** One metric of many brokers on one day, by broker: the largest over its dimensions; brokers without data are absent. */
export async function metricOnDay(
  db: Database,
  brokerIds: readonly number[],
  metric: string,
  day: PlainDate,
): Promise<Map<number, number>> {
  const rows = await db.rows<{ brokerId: number; value: number }>(
    `SELECT broker_id AS "brokerId", max(values[extract(day FROM $3::date)::int]) AS value FROM metrics.daily
      WHERE broker_id = ANY($1::int[]) AND metric = $2 AND month = date_trunc('month', $3::date)::date
        AND values[extract(day FROM $3::date)::int] IS NOT NULL GROUP BY broker_id`,
    brokerIds,
    metric,
    day,
  );
  return new Map(rows.map((row) => [row.brokerId, row.value]));
}

function onGrid(
  rows: readonly SeriesRow[],
  grid: readonly Date[],
  instantOf: (start: PlainDate, index: number) => number,
): StoredSeries[] {
  const series = new Map<string, { row: SeriesRow; values: Map<number, number> }>();
  for (const row of rows) {
    const key = JSON.stringify([row.metric, row.dimension, row.stat]);
    const entry = series.get(key) ?? { row, values: new Map<number, number>() };
    series.set(key, entry);
    row.values.forEach((value, index) => {
      if (value !== null) entry.values.set(instantOf(row.start, index), value);
    });
  }
  return [...series.values()].map(({ row, values }) => ({
    metric: row.metric,
    dimension: row.dimension,
    stat: row.stat,
    points: grid.map((at) => ({ at, value: values.get(at.getTime()) ?? null })),
  }));
}
