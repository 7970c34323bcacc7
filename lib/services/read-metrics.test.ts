import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccountSession, MetricQuery, MetricSeriesRead } from "@/lib/aws/gateway";
import type { Database } from "@/lib/db/client";
import { metricPartitions } from "@/lib/db/metric-partitions";
import { dailySeries, hourlySeries } from "@/lib/db/metric-queries";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { SourceResult } from "@/lib/domain/sync";
import { type MeasuredBroker, planReads, readMetrics } from "@/lib/services/read-metrics";
import { ctxAt } from "@/lib/testing/cost-fixtures";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

const day = parsePlainDate;
const NOW = new Date("2026-11-21T06:30:00Z");

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

function absent(what: string): never {
  throw new Error(`${what} is not part of this test`);
}

interface Asked {
  series: number;
  start: string;
  end: string;
  period: number;
}

/** A CloudWatch that has a point for every period: its value is the hour of the day, or the day of the month for daily ones. */
function session(answer: (query: MetricQuery) => Partial<SourceResult<MetricSeriesRead>> | "no-data" = () => ({})): {
  session: AccountSession;
  asked: Asked[];
} {
  const asked: Asked[] = [];
  return {
    asked,
    session: {
      access: { accountId: "1", roleArn: null, externalId: null },
      counts: () => ({}),
      metrics: async (_region, queries, start, end, period) => {
        asked.push({ series: queries.length, start: start.toISOString(), end: end.toISOString(), period });
        const result: SourceResult<MetricSeriesRead> = {
          status: "complete",
          items: [],
          failures: [],
          errorCode: null,
          message: null,
          wayOut: null,
        };
        const items = queries.flatMap((query) => {
          const said = answer(query);
          if (said !== "no-data" && said.status) {
            Object.assign(result, said);
            return [];
          }
          const points: { at: Date; value: number }[] = [];
          for (let at = start.getTime(); said !== "no-data" && at < end.getTime(); at += period * 1000) {
            const instant = new Date(at);
            points.push({ at: instant, value: period === 3600 ? instant.getUTCHours() : instant.getUTCDate() });
          }
          return [{ query, points }];
        });
        return { ...result, items };
      },
      costUsage: () => absent("costUsage"),
      costResources: () => absent("costResources"),
      identity: () => absent("identity"),
      listBrokers: () => absent("listBrokers"),
      describeBrokers: () => absent("describeBrokers"),
      configurationRevisions: () => absent("configurationRevisions"),
      configurationList: () => absent("configurationList"),
      network: () => absent("network"),
      users: () => absent("users"),
      brokerEvents: () => absent("brokerEvents"),
      healthEvents: () => absent("healthEvents"),
      listPrices: () => absent("listPrices"),
      offers: () => absent("offers"),
      organizationAccounts: () => absent("organizationAccounts"),
      checkAccess: () => absent("checkAccess"),
    },
  };
}

function broker(id: number, override: Partial<MeasuredBroker> = {}): MeasuredBroker {
  return {
    id,
    arn: `arn:${id}`,
    name: `orders-${id}`,
    engine: "RABBITMQ",
    deploymentMode: "CLUSTER_MULTI_AZ",
    createdAt: new Date("2024-05-05T10:00:00Z"),
    firstSeenAt: new Date("2026-10-01T06:00:00Z"),
    ...override,
  };
}

const read = (
  given: { session: AccountSession },
  brokers: readonly MeasuredBroker[],
  lastCompleteAt: string | null,
  options: { seriesPerBroker?: number; force?: boolean } = {},
) =>
  readMetrics({
    ctx: ctxAt(db, NOW.toISOString()),
    input: {
      session: given.session,
      region: "us-east-1",
      brokers,
      lastCompleteAt: lastCompleteAt ? new Date(lastCompleteAt) : null,
      now: NOW,
      ...options,
    },
  });

describe("planning what to read", () => {
  const plan = (brokers: readonly MeasuredBroker[], lastCompleteAt: string | null) =>
    planReads(
      { region: "us-east-1", brokers, lastCompleteAt: lastCompleteAt ? new Date(lastCompleteAt) : null, now: NOW },
      day("2026-11-21"),
    ).map(({ series, interval, period }) => [series.length, period, interval.start, interval.endExclusive]);

  it("reads 13 months of days and 15 days of hours the first time", () => {
    expect(plan([broker(1), broker(2)], null)).toEqual([
      [24, 86_400, "2025-10-01", "2026-11-07"],
      [24, 3_600, "2026-11-07", "2026-11-22"],
    ]);
  });

  it("reads hours since the day of the last read afterwards: one request per series and day", () => {
    expect(plan([broker(1), broker(2)], "2026-11-20T18:00:00Z")).toEqual([[24, 3_600, "2026-11-20", "2026-11-22"]]);
  });

  it("reads days where hours are not kept any more after a long pause", () => {
    expect(plan([broker(1)], "2026-10-28T18:00:00Z")).toEqual([
      [12, 86_400, "2026-10-28", "2026-11-07"],
      [12, 3_600, "2026-11-07", "2026-11-22"],
    ]);
  });

  it("reads a broker first seen since then as if for the first time, from the month it was created in", () => {
    const fresh = broker(3, {
      createdAt: new Date("2026-09-17T00:00:00Z"),
      firstSeenAt: new Date("2026-11-21T06:00:00Z"),
    });
    expect(plan([broker(1), fresh], "2026-11-20T18:00:00Z")).toEqual([
      [12, 3_600, "2026-11-20", "2026-11-22"],
      [12, 86_400, "2026-09-01", "2026-11-07"],
      [12, 3_600, "2026-11-07", "2026-11-22"],
    ]);
  });
});

describe("readMetrics", () => {
  it("stores history by day, recent values by hour, and the days that the hours add up to", async () => {
    const given = session();
    const reading = await read(given, [broker(7)], null);
    expect(given.asked).toEqual([
      { series: 12, start: "2025-10-01T00:00:00.000Z", end: "2026-11-07T00:00:00.000Z", period: 86_400 },
      { series: 12, start: "2026-11-07T00:00:00.000Z", end: "2026-11-21T06:00:00.000Z", period: 3_600 },
    ]);
    expect(reading).toMatchObject({ status: "complete", itemCount: 12, rowsWritten: 12 * (14 + 1) + 12 * 15 });

    const days = await dailySeries(db, 7, { start: day("2026-11-05"), endExclusive: day("2026-11-23") });
    const dailyValues = (metric: string) => days.find((s) => s.metric === metric)?.points.map((p) => p.value);
    // Up to the 6th as CloudWatch told it; then the maximum, sum, mean of 24 hours; today is not over.
    expect(dailyValues("SystemCpuUtilization")).toEqual([5, 6, ...new Array(14).fill(23), null, null]);
    expect(dailyValues("NetworkIn")).toEqual([5, 6, ...new Array(14).fill(276), null, null]);
    expect(dailyValues("PublishRate")).toEqual([5, 6, ...new Array(14).fill(11.5), null, null]);
    expect(dailyValues("RabbitMQDiskFree")).toEqual([5, 6, ...new Array(14).fill(0), null, null]);

    const hours = await hourlySeries(db, 7, { start: day("2026-11-21"), endExclusive: day("2026-11-22") }, [
      "NetworkIn",
    ]);
    expect(hours[0]?.points.map((p) => p.value)).toEqual([0, 1, 2, 3, 4, 5, ...new Array(18).fill(null)]);
  });

  it("completes the last day of the read before, and writes nothing that is known", async () => {
    await read(session(), [broker(7)], null);
    const given = session();
    await read(given, [broker(7)], "2026-11-20T18:00:00Z");
    expect(given.asked).toEqual([
      { series: 12, start: "2026-11-20T00:00:00.000Z", end: "2026-11-21T06:00:00.000Z", period: 3_600 },
    ]);
    expect(await read(session(), [broker(7)], "2026-11-20T18:00:00Z")).toMatchObject({ itemCount: 12, rowsWritten: 0 });
  });

  it("keeps both instances of an ActiveMQ pair apart", async () => {
    const pair = broker(7, { engine: "ACTIVEMQ", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" });
    await read(
      session(({ dimensions }) => (dimensions.Broker === "orders-7-2" ? "no-data" : {})),
      [pair],
      "2026-11-20T18:00:00Z",
    );
    const days = await dailySeries(db, 7, { start: day("2026-11-20"), endExclusive: day("2026-11-21") });
    expect(days.map((s) => s.dimension)).toEqual(new Array(6).fill("1"));
  });

  it("stores the series that could be read and reports the others", async () => {
    const failing = {
      status: "partial",
      errorCode: "aws-throttled",
      failures: [{ item: "x", errorCode: "aws-throttled", message: "slow" }],
    } as const;
    const reading = await read(
      session(({ metric }) => (metric === "NetworkIn" ? failing : {})),
      [broker(7)],
      "2026-11-20T18:00:00Z",
    );
    expect(reading).toMatchObject({ status: "partial", errorCode: "aws-throttled", itemCount: 11 });
    expect(await dailySeries(db, 7, { start: day("2026-11-20"), endExclusive: day("2026-11-21") })).toHaveLength(11);
  });

  it("reads once a UTC day, and no more series than allowed", async () => {
    const given = session();
    expect(await read(given, [broker(7)], "2026-11-21T00:10:00Z")).toMatchObject({ status: "skipped" });
    expect(await read(given, [broker(7)], "2026-11-20T18:00:00Z", { seriesPerBroker: 0 })).toMatchObject({
      status: "complete",
      itemCount: 0,
    });
    expect(given.asked).toEqual([]);
    await read(given, [broker(7)], "2026-11-20T18:00:00Z", { seriesPerBroker: 3 });
    await read(given, [broker(7)], "2026-11-21T00:10:00Z", { force: true, seriesPerBroker: 2 });
    expect(given.asked.map(({ series, start }) => [series, start])).toEqual([
      [3, "2026-11-20T00:00:00.000Z"],
      [2, "2026-11-21T00:00:00.000Z"],
    ]);
  });
});
