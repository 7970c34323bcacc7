import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import {
  ensureMetricPartitions,
  firstKeptDay,
  maintainMetricPartitions,
  metricPartitions,
} from "@/lib/db/metric-partitions";
import { dailySeries, hourlySeries, metricOnDay } from "@/lib/db/metric-queries";
import { type MetricValues, storeMetricValues } from "@/lib/db/metric-store";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

const day = parsePlainDate;
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ["daily", "hourly"] as const)
    for (const { name } of await metricPartitions(db, table)) await db.execute(`DROP TABLE ${name}`);
});

function values(length: number, given: Record<number, number>): (number | null)[] {
  return Array.from({ length }, (_, index) => given[index + 1] ?? null);
}

function row(start: string, given: Record<number, number>, override: Partial<MetricValues> = {}): MetricValues {
  return {
    brokerId: 1,
    metric: "CpuUtilization",
    dimension: "1",
    stat: "Maximum",
    start: day(start),
    values: values(start.endsWith("-02-01") ? 28 : 31, given),
    ...override,
  };
}

const starts = async (table: "daily" | "hourly") => (await metricPartitions(db, table)).map(({ start }) => start);

describe("metric partitions", () => {
  it("are made one ahead and dropped when they hold nothing but expired days", async () => {
    await maintainMetricPartitions(db, day("2026-11-21"));
    expect(await starts("daily")).toEqual(["2026-11-01", "2026-12-01"]);
    expect(await starts("hourly")).toEqual(["2026-11-16", "2026-11-23"]);

    await ensureMetricPartitions(db, "daily", { start: day("2025-09-30"), endExclusive: day("2025-11-02") });
    await ensureMetricPartitions(db, "hourly", { start: day("2026-11-01"), endExclusive: day("2026-11-10") });
    expect(await maintainMetricPartitions(db, day("2026-11-21"))).toEqual([
      "metrics.daily_20250901",
      "metrics.hourly_20261026",
    ]);
    expect(await starts("daily")).toEqual(["2025-10-01", "2025-11-01", "2026-11-01", "2026-12-01"]);
    // 2026-11-07 is the oldest of 15 days: its week stays whole.
    expect(firstKeptDay("hourly", day("2026-11-21"))).toBe("2026-11-07");
    expect(await starts("hourly")).toEqual(["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]);
  });

  it("can be made by several processes at once", async () => {
    const interval = { start: day("2026-01-01"), endExclusive: day("2026-07-01") };
    await Promise.all(Array.from({ length: 4 }, () => ensureMetricPartitions(db, "daily", interval)));
    expect(await starts("daily")).toHaveLength(6);
  });

  it("are told by the days they hold, whatever somebody called them", async () => {
    await db.execute(
      `CREATE TABLE metrics."of my own" PARTITION OF metrics.daily FOR VALUES FROM ('2026-11-01') TO ('2027-01-01')`,
    );
    await maintainMetricPartitions(db, day("2026-11-21"));
    expect(await starts("daily")).toEqual(["2026-11-01"]);
    expect(await maintainMetricPartitions(db, day("2028-03-01"))).toContain('metrics."of my own"');
  });

  it("refuse values of a time without partition", async () => {
    await expect(storeMetricValues(db, "daily", [row("2026-03-01", { 1: 1 })])).rejects.toThrow(/no partition/);
  });
});

describe("storing metric values", () => {
  beforeEach(() => ensureMetricPartitions(db, "daily", { start: day("2026-01-01"), endExclusive: day("2026-04-01") }));

  it("merges arrays: new values replace, gaps leave what is known, equal rows are not written", async () => {
    expect(await storeMetricValues(db, "daily", [row("2026-01-01", { 1: 10, 2: 20 })])).toBe(1);
    expect(await storeMetricValues(db, "daily", [row("2026-01-01", { 2: 25, 31: 0 })])).toBe(1);
    expect(await storeMetricValues(db, "daily", [row("2026-01-01", { 1: 10, 31: 0 })])).toBe(0);
    const [series] = await dailySeries(db, 1, { start: day("2026-01-01"), endExclusive: day("2026-02-01") });
    expect(series?.points.map((point) => point.value)).toEqual(values(31, { 1: 10, 2: 25, 31: 0 }));
  });

  it("keeps series of other brokers, dimensions and statistics apart", async () => {
    await storeMetricValues(db, "daily", [
      row("2026-01-01", { 1: 1 }),
      row("2026-01-01", { 1: 2 }, { dimension: "2" }),
      row("2026-01-01", { 1: 3 }, { stat: "Average" }),
      row("2026-01-01", { 1: 4 }, { brokerId: 2 }),
    ]);
    const found = await dailySeries(db, 1, { start: day("2026-01-01"), endExclusive: day("2026-01-02") });
    expect(found.map((s) => [s.dimension, s.stat, s.points[0]?.value])).toEqual([
      ["1", "Average", 3],
      ["1", "Maximum", 1],
      ["2", "Maximum", 2],
    ]);
    expect(await metricOnDay(db, [1, 2, 3], "CpuUtilization", day("2026-01-01"))).toEqual(
      new Map([
        [1, 3],
        [2, 4],
      ]),
    );
    expect(await metricOnDay(db, [1], "CpuUtilization", day("2026-01-02"))).toEqual(new Map());
  });

  it("refuses an array of another length than the month or day has", async () => {
    await expect(storeMetricValues(db, "daily", [row("2026-01-01", {}, { values: [1] })])).rejects.toThrow(/length/);
  });
});

describe("reading metric values", () => {
  it("has a point for every day across months, null for gaps", async () => {
    await ensureMetricPartitions(db, "daily", { start: day("2026-01-01"), endExclusive: day("2026-04-01") });
    await storeMetricValues(db, "daily", [row("2026-01-01", { 30: 1.5 }), row("2026-02-01", { 1: 2 })]);
    const [series] = await dailySeries(db, 1, { start: day("2026-01-30"), endExclusive: day("2026-02-03") });
    expect(series?.points).toEqual([
      { at: new Date("2026-01-30T00:00:00Z"), value: 1.5 },
      { at: new Date("2026-01-31T00:00:00Z"), value: null },
      { at: new Date("2026-02-01T00:00:00Z"), value: 2 },
      { at: new Date("2026-02-02T00:00:00Z"), value: null },
    ]);
  });

  it("has a point for every hour, and only the metrics that are asked for", async () => {
    await ensureMetricPartitions(db, "hourly", { start: day("2026-01-01"), endExclusive: day("2026-01-08") });
    const hours = (given: Record<number, number>) => ({ values: values(24, given) });
    await storeMetricValues(db, "hourly", [
      row("2026-01-05", {}, hours({ 24: 7 })),
      row("2026-01-06", {}, hours({ 1: 8 })),
      row("2026-01-06", {}, { ...hours({ 1: 9 }), metric: "HeapUsage" }),
    ]);
    const interval = { start: day("2026-01-05"), endExclusive: day("2026-01-07") };
    const found = await hourlySeries(db, 1, interval, ["CpuUtilization"]);
    expect(found).toHaveLength(1);
    expect(found[0]?.points).toHaveLength(48);
    expect(found[0]?.points.slice(22, 26)).toEqual([
      { at: new Date("2026-01-05T22:00:00Z"), value: null },
      { at: new Date("2026-01-05T23:00:00Z"), value: 7 },
      { at: new Date("2026-01-06T00:00:00Z"), value: 8 },
      { at: new Date("2026-01-06T01:00:00Z"), value: null },
    ]);
    expect(await hourlySeries(db, 1, interval)).toHaveLength(2);
  });
});
