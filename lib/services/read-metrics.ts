import type { AccountSession, MetricQuery, MetricSeriesRead } from "@/lib/aws/gateway";
import { dayOfHours, metricPlan, type PlannedSeries } from "@/lib/cost/metric-plan";
import { ensureMetricPartitions, firstKeptDay, maintainMetricPartitions } from "@/lib/db/metric-partitions";
import { type MetricValues, storeMetricValues } from "@/lib/db/metric-store";
import {
  addDays,
  type DayInterval,
  daysInMonth,
  instantAtStartUtc,
  laterOf,
  type PlainDate,
  plainDateFromInstantUtc,
  plainDateParts,
  startOfMonth,
} from "@/lib/domain/plain-date";
import type { SourceResult } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { combineResults } from "@/lib/services/sync-outcome-of";

/** A broker whose metrics are read. */
export interface MeasuredBroker {
  id: number;
  arn: string;
  name: string;
  engine: string;
  deploymentMode: string | null;
  /** AWS's creation time; null when not known. */
  createdAt: Date | null;
  firstSeenAt: Date;
}

export interface ReadMetricsInput {
  session: AccountSession;
  region: string;
  brokers: readonly MeasuredBroker[];
  /** Business time of the last complete read of this account and region; null: never. */
  lastCompleteAt: Date | null;
  /** Business time of the read. */
  now: Date;
  /** Series per broker at most; default 12. */
  seriesPerBroker?: number;
  /** Read even if it was read today already. */
  force?: boolean;
}

/** What reading metrics came to, without the points. */
export interface MetricReading extends Omit<SourceResult<never>, "items"> {
  /** Series read, with or without data. */
  itemCount: number;
  /** Rows of stored values that were new or differed. */
  rowsWritten: number;
}

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/**
 * Reads a region's CloudWatch metrics and stores them: hourly values since the day of the last read, at most 15 days, and of each whole day among
 * them the daily value. For brokers never read before, and days longer ago than hourly values are kept, the daily values of up to 13 months are
 * read as such. At most once a UTC day: AWS charges for every metric requested, so few requests with many points are the cheap way. Series that
 * could not be read keep what they have; those that could are stored.
 */
export async function readMetrics({ ctx, input }: { ctx: Ctx; input: ReadMetricsInput }): Promise<MetricReading> {
  const { session, region, now, lastCompleteAt } = input;
  const today = plainDateFromInstantUtc(now);
  if (!input.force && lastCompleteAt && plainDateFromInstantUtc(lastCompleteAt) >= today) {
    const message = `Read once a day: ${lastCompleteAt.toISOString()}.`;
    return { status: "skipped", failures: [], errorCode: null, wayOut: null, message, itemCount: 0, rowsWritten: 0 };
  }
  const requests = planReads(input, today);
  const results: SourceResult<MetricSeriesRead>[] = [];
  await maintainMetricPartitions(ctx.db, today);
  let rowsWritten = 0;
  for (const { series, interval, period } of requests) {
    const bySeries = new Map(series.map((each) => [keyOf(each.query), each]));
    const end = interval.endExclusive > today ? startOfHour(now) : instantAtStartUtc(interval.endExclusive);
    const start = instantAtStartUtc(interval.start);
    if (start >= end) continue; // the first hour of the day is not over
    const queries = series.map((each) => each.query);
    const result = await session.metrics(region, queries, start, end, period);
    results.push(result);
    const read = result.items.flatMap((item) => {
      const known = bySeries.get(keyOf(item.query));
      return known ? [{ ...known, points: item.points }] : [];
    });
    const { daily, hourly } = period === HOUR_SECONDS ? valuesOfHours(read, today) : valuesOfDays(read);
    await ensureMetricPartitions(ctx.db, "daily", interval);
    if (hourly.length > 0) await ensureMetricPartitions(ctx.db, "hourly", interval);
    rowsWritten += await ctx.db.transaction(
      async (tx) => (await storeMetricValues(tx, "daily", daily)) + (await storeMetricValues(tx, "hourly", hourly)),
      { timeoutMs: 300_000 },
    );
  }
  const { items, ...rest } = combineResults(results);
  return { ...rest, itemCount: new Set(items.map((item) => keyOf(item.query))).size, rowsWritten };
}

interface QueriedSeries {
  brokerId: number;
  planned: PlannedSeries;
  query: MetricQuery;
}

interface PlannedRead {
  series: QueriedSeries[];
  interval: DayInterval;
  period: typeof HOUR_SECONDS | typeof DAY_SECONDS;
}

/** The requests of a read: hourly values for all, daily ones where they reach further back. Exported for its test. Pure. */
export function planReads(input: Omit<ReadMetricsInput, "session">, today: PlainDate): PlannedRead[] {
  const tomorrow = addDays(today, 1);
  const oldestHour = firstKeptDay("hourly", today);
  const oldestDay = firstKeptDay("daily", today);
  const reads = new Map<string, PlannedRead>();
  const add = (series: QueriedSeries[], period: PlannedRead["period"], start: PlainDate, endExclusive: PlainDate) => {
    if (start >= endExclusive) return;
    const key = `${period} ${start} ${endExclusive}`;
    const read = reads.get(key);
    if (read) read.series.push(...series);
    else reads.set(key, { series: [...series], interval: { start, endExclusive }, period });
  };
  for (const broker of input.brokers) {
    const planned = metricPlan(broker, input.seriesPerBroker);
    if (planned.length === 0) continue;
    const series = planned.map((each) => queryOf(broker, each));
    const { lastCompleteAt } = input;
    const wasRead = lastCompleteAt !== null && broker.firstSeenAt <= lastCompleteAt;
    const since = wasRead ? plainDateFromInstantUtc(lastCompleteAt) : createdOn(broker, oldestDay);
    // Brokers that were never read share one request per first month rather than one per birthday.
    const dailySince = wasRead ? since : startOfMonth(since);
    add(series, DAY_SECONDS, laterOf(dailySince, oldestDay), oldestHour);
    add(series, HOUR_SECONDS, wasRead ? laterOf(since, oldestHour) : oldestHour, tomorrow);
  }
  return [...reads.values()];
}

function createdOn(broker: MeasuredBroker, oldest: PlainDate): PlainDate {
  return broker.createdAt ? plainDateFromInstantUtc(broker.createdAt) : oldest;
}

function queryOf(broker: MeasuredBroker, planned: PlannedSeries): QueriedSeries {
  const { metric, stat, dimensions } = planned;
  return { brokerId: broker.id, planned, query: { brokerArn: broker.arn, metric, stat, dimensions } };
}

function keyOf({ brokerArn, metric, stat, dimensions }: MetricQuery): string {
  return JSON.stringify([brokerArn, metric, stat, Object.entries(dimensions).sort()]);
}

type ReadSeries = QueriedSeries & Pick<MetricSeriesRead, "points">;

function valuesOfDays(series: readonly ReadSeries[]): { daily: MetricValues[]; hourly: MetricValues[] } {
  const dayOf = dayReader();
  const daily = series.flatMap((each) =>
    monthRows(
      each,
      each.points.map(({ at, value }) => ({ day: dayOf(at), value })),
    ),
  );
  return { daily, hourly: [] };
}

function valuesOfHours(
  series: readonly ReadSeries[],
  today: PlainDate,
): { daily: MetricValues[]; hourly: MetricValues[] } {
  const daily: MetricValues[] = [];
  const hourly: MetricValues[] = [];
  const dayOf = dayReader();
  for (const each of series) {
    const days = new Map<PlainDate, (number | null)[]>();
    for (const { at, value } of each.points) {
      const day = dayOf(at);
      const hours = days.get(day) ?? new Array<number | null>(24).fill(null);
      hours[at.getUTCHours()] = value;
      days.set(day, hours);
    }
    for (const [day, values] of days) hourly.push({ ...identityOf(each), start: day, values });
    const whole = [...days].filter(([day]) => day < today);
    daily.push(
      ...monthRows(
        each,
        whole.map(([day, hours]) => ({ day, value: dayOfHours(each.planned.stat, hours) })),
      ),
    );
  }
  return { daily, hourly };
}

/** UTC days of instants, each worked out once: a read has a million points and a few hundred days. */
function dayReader(): (at: Date) => PlainDate {
  const days = new Map<number, PlainDate>();
  return (at) => {
    const index = Math.floor(at.getTime() / (DAY_SECONDS * 1000));
    const known = days.get(index);
    if (known) return known;
    const day = plainDateFromInstantUtc(at);
    days.set(index, day);
    return day;
  };
}

function monthRows(series: QueriedSeries, days: readonly { day: PlainDate; value: number | null }[]): MetricValues[] {
  const months = new Map<PlainDate, (number | null)[]>();
  for (const { day, value } of days) {
    const month = startOfMonth(day);
    const values = months.get(month) ?? new Array<number | null>(daysInMonth(month)).fill(null);
    values[plainDateParts(day).day - 1] = value;
    months.set(month, values);
  }
  return [...months].map(([start, values]) => ({ ...identityOf(series), start, values }));
}

function identityOf({ brokerId, planned }: QueriedSeries) {
  const { metric, dimension, stat } = planned;
  return { brokerId, metric, dimension, stat };
}

function startOfHour(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / (HOUR_SECONDS * 1000)) * HOUR_SECONDS * 1000);
}
