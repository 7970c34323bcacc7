import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  ListMetricsCommand,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import catalogue from "@/lib/reference/data/metrics.json";
import { logistics, payments } from "./organisation/accounts";
import { fictionalOrganisation } from "./organisation/fictional-organisation";
import { rejection, sdkClients } from "./sdk-clients";
import { startSimulator } from "./simulator";
import { accessKeyFor } from "./wire/signature";

const anchor = "2026-11-20";
const simulator = await startSimulator({ organisation: fictionalOrganisation({ anchor }), throttle: false });
afterAll(() => simulator.close());
beforeEach(() => simulator.setClock({ asOf: `${anchor}T12:00:00Z`, rate: 0 }));

function query(Id: string, MetricName: string, broker: string, Period = 3600, Stat = "Average"): MetricDataQuery {
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: "AWS/AmazonMQ", MetricName, Dimensions: [{ Name: "Broker", Value: broker }] },
      Period,
      Stat,
    },
  };
}

async function data(
  queries: MetricDataQuery[],
  from: string,
  to: string,
  extra: Partial<GetMetricDataCommandInput> & { account?: string; region?: string } = {},
) {
  const { account = payments, region = "us-east-1", ...input } = extra;
  const { cloudWatch } = sdkClients(simulator.url, { account, region });
  const series = new Map<string, { at: Date; value: number }[]>();
  let pages = 0;
  let NextToken: string | undefined;
  do {
    const page = await cloudWatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(from),
        EndTime: new Date(to),
        ScanBy: "TimestampAscending",
        ...input,
        NextToken,
      }),
    );
    for (const result of page.MetricDataResults ?? []) {
      const points = series.get(result.Id ?? "") ?? [];
      result.Timestamps?.forEach((at, index) => {
        points.push({ at, value: result.Values?.[index] ?? Number.NaN });
      });
      series.set(result.Id ?? "", points);
    }
    NextToken = page.NextToken;
    pages += 1;
  } while (NextToken);
  return { series, pages, points: (id: string) => series.get(id) ?? [] };
}

const mean = (points: readonly { value: number }[]) =>
  points.reduce((sum, point) => sum + point.value, 0) / points.length;

describe("GetMetricData", () => {
  it("names series as AWS does: -1 and -2 for ActiveMQ, the plain name for RabbitMQ", async () => {
    const { points } = await data(
      [
        query("active", "CpuUtilization", "ledger-events-1"),
        query("standby", "CpuUtilization", "ledger-events-2"),
        query("plain", "CpuUtilization", "ledger-events"),
        query("rabbit", "SystemCpuUtilization", "wallet-events"),
        query("suffixed", "SystemCpuUtilization", "wallet-events-1"),
        query("unknown", "StoragePercentUsage", "ledger-events-1"),
      ],
      "2026-11-18T00:00:00Z",
      "2026-11-19T00:00:00Z",
    );
    expect(points("active").length).toBeGreaterThanOrEqual(23);
    expect(points("rabbit").length).toBeGreaterThanOrEqual(23);
    expect(mean(points("standby"))).toBeLessThan(4);
    for (const none of ["plain", "suffixed", "unknown"]) expect(points(none)).toEqual([]);
  });

  it("follows the day and the week", async () => {
    const { points } = await data(
      [query("a", "ConnectionCount", "pay-gateway-prod")],
      "2026-11-09T05:00:00Z",
      "2026-11-16T05:00:00Z",
    );
    const at = (hour: number) => mean(points("a").filter((point) => point.at.getUTCHours() === hour));
    // us-east-1 shops in the evening: 19 h local is 00 h UTC, 4 h local is 09 h UTC.
    expect(at(0)).toBeGreaterThan(3 * at(9));
  });

  it("is the same for the same question, whoever asks and whenever", async () => {
    const ask = async () =>
      (await data([query("a", "HeapUsage", "ledger-events-1")], "2026-11-10T00:00:00Z", "2026-11-12T00:00:00Z")).points(
        "a",
      );
    const first = await ask();
    simulator.setClock({ asOf: "2026-11-25T12:00:00Z", rate: 0 });
    expect(await ask()).toEqual(first);
  });

  it("agrees between statistics and periods", async () => {
    const statistics = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"];
    const queries = statistics.flatMap((stat) => [
      query(`h${stat}`, "TotalMessageCount", "ledger-events-1", 3600, stat),
      query(`d${stat}`, "TotalMessageCount", "ledger-events-1", 86_400, stat),
    ]);
    const { points } = await data(queries, "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z");
    const hours = (stat: string) => points(`h${stat}`).map((point) => point.value);
    const day = (stat: string) => points(`d${stat}`)[0]?.value ?? Number.NaN;
    expect(day("Maximum")).toBeCloseTo(Math.max(...hours("Maximum")), 3);
    expect(day("Minimum")).toBeCloseTo(Math.min(...hours("Minimum")), 3);
    expect(day("Average")).toBeCloseTo(mean(points("hAverage")), 2);
    expect(day("SampleCount")).toBe(60 * hours("Average").length);
    expect(day("Sum")).toBeCloseTo(day("Average") * day("SampleCount"), -1);
  });

  it("has gaps where a broker did not exist, not zeros", async () => {
    const { points } = await data(
      [
        query("old", "SystemCpuUtilization", "fraud-scoring", 86_400),
        query("new", "SystemCpuUtilization", "fraud-scoring-ha", 86_400),
      ],
      "2026-04-01T00:00:00Z",
      "2026-08-01T00:00:00Z",
    );
    const days = (id: string) => points(id).map((point) => point.at.toISOString().slice(0, 10));
    expect(days("old")[0]).toBe("2026-04-01");
    expect(days("old").at(-1)).toBe("2026-06-13");
    expect(days("new")[0]).toBe("2026-05-14");
    expect(days("new").at(-1)).toBe("2026-07-31");
  });

  it("has gaps while a broker cannot be reached, and near zero for idle ones", async () => {
    const { points } = await data(
      [
        query("gone", "SystemCpuUtilization", "chargeback", 86_400),
        query("idle", "ConnectionCount", "promo-2025", 86_400, "Maximum"),
      ],
      "2026-09-01T00:00:00Z",
      "2026-11-01T00:00:00Z",
    );
    expect(points("gone").at(-1)?.at.toISOString().slice(0, 10)).toBe("2026-10-01");
    const idle = await data(
      [query("idle", "ConnectionCount", "promo-2025", 86_400, "Maximum")],
      "2026-09-01T00:00:00Z",
      "2026-11-01T00:00:00Z",
      { region: "eu-west-1" },
    );
    expect(idle.points("idle").length).toBeGreaterThan(50);
    expect(Math.max(...idle.points("idle").map((point) => point.value))).toBeLessThan(0.5);
  });

  it("shows an alarm in the metric behind it, and lost connectors as lost", async () => {
    const { points } = await data(
      [query("used", "RabbitMQMemUsed", "route-planner"), query("limit", "RabbitMQMemLimit", "route-planner")],
      "2026-11-12T00:00:00Z",
      "2026-11-20T12:00:00Z",
      { account: logistics, region: "ap-southeast-1" },
    );
    const above = points("used").filter((point, index) => point.value > (points("limit")[index]?.value ?? 0));
    expect(above.length).toBeGreaterThan(20);
    expect(above.length).toBeLessThan(60);
    const mesh = await data(
      [
        query("broken", "NetworkConnectorConnectionCount", "depot-sync-a-1"),
        query("fine", "NetworkConnectorConnectionCount", "wms-core-1"),
      ],
      "2026-11-18T00:00:00Z",
      "2026-11-19T00:00:00Z",
      { account: logistics, region: "us-west-2" },
    );
    expect(mean(mesh.points("broken"))).toBe(0);
    expect(mean(mesh.points("fine"))).toBe(1);
  });

  it("keeps minutes for 15 days, five minutes for 63 and hours for 455", async () => {
    const oldest = async (Period: number, from: string) =>
      (await data([query("a", "CpuUtilization", "ledger-events-1", Period)], from, "2026-11-06T06:00:00Z"))
        .points("a")[0]
        ?.at.getTime();
    const now = Date.parse(`${anchor}T12:00:00Z`);
    const days = (instant = 0) => (now - instant) / 86_400_000;
    expect(days(await oldest(60, "2026-11-05T00:00:00Z"))).toBeCloseTo(15, 1);
    expect(days(await oldest(300, "2026-09-17T00:00:00Z"))).toBeCloseTo(63, 1);
    expect(days(await oldest(3600, "2025-08-20T00:00:00Z"))).toBeCloseTo(455, 1);
  });

  it("pages by data points without losing or doubling any, in both directions", async () => {
    const queries = ["CpuUtilization", "HeapUsage", "StorePercentUsage"].map((metric, index) =>
      query(`m${index}`, metric, "ledger-events-1"),
    );
    const range = ["2026-11-10T00:00:00Z", "2026-11-13T00:00:00Z"] as const;
    const whole = await data(queries, ...range);
    for (const MaxDatapoints of [50, 71, 72, 73]) {
      const paged = await data(queries, ...range, { MaxDatapoints });
      expect(paged.pages).toBeGreaterThan(2);
      expect(paged.series).toEqual(whole.series);
    }
    const descending = await data(queries, ...range, { ScanBy: "TimestampDescending", MaxDatapoints: 50 });
    expect([...descending.points("m1")].reverse()).toEqual(whole.points("m1"));
  });

  it("takes 500 queries and refuses 501, odd periods and a range that runs backwards", async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => query(`q${index}`, "HeapUsage", "ledger-events-1"));
    expect((await data(many(500), "2026-11-18T00:00:00Z", "2026-11-18T03:00:00Z")).series.size).toBe(500);
    const refused = async (promise: Promise<unknown>) => expect((await rejection(promise)).name).toMatch(/Validation/);
    await refused(data(many(501), "2026-11-18T00:00:00Z", "2026-11-18T03:00:00Z"));
    await refused(data([query("a", "HeapUsage", "x", 3601)], "2026-11-18T00:00:00Z", "2026-11-18T03:00:00Z"));
    await refused(data([query("a", "HeapUsage", "x")], "2026-11-18T03:00:00Z", "2026-11-18T03:00:00Z"));
  });

  it("speaks the older query protocol too", async () => {
    const form = new URLSearchParams({
      Action: "GetMetricData",
      Version: "2010-08-01",
      StartTime: "2026-11-18T00:00:00Z",
      EndTime: "2026-11-18T02:00:00Z",
      "MetricDataQueries.member.1.Id": "a",
      "MetricDataQueries.member.1.MetricStat.Period": "3600",
      "MetricDataQueries.member.1.MetricStat.Stat": "Average",
      "MetricDataQueries.member.1.MetricStat.Metric.Namespace": "AWS/AmazonMQ",
      "MetricDataQueries.member.1.MetricStat.Metric.MetricName": "HeapUsage",
      "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name": "Broker",
      "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value": "ledger-events-1",
    });
    const response = await fetch(simulator.url, {
      method: "POST",
      body: form,
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyFor(payments, "AKIA")}/20261120/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0`,
      },
    });
    const text = await response.text();
    expect(response.headers.get("content-type")).toBe("text/xml");
    expect(
      text.match(
        /<Timestamps><member>2026-11-18T01:00:00.000Z<\/member><member>2026-11-18T00:00:00.000Z<\/member><\/Timestamps>/,
      ),
    ).not.toBeNull();
  });
});

describe("ListMetrics", () => {
  async function metrics(input: object, account = payments, region = "us-east-1") {
    const { cloudWatch } = sdkClients(simulator.url, { account, region });
    const found = [];
    let pages = 0;
    let NextToken: string | undefined;
    do {
      const page = await cloudWatch.send(new ListMetricsCommand({ Namespace: "AWS/AmazonMQ", ...input, NextToken }));
      found.push(...(page.Metrics ?? []));
      NextToken = page.NextToken;
      pages += 1;
    } while (NextToken);
    return { found, pages };
  }

  it("pages by 500 and knows only metrics of the published catalogue", async () => {
    const { found, pages } = await metrics({});
    expect(found.length).toBeGreaterThan(300);
    expect(pages).toBe(Math.ceil(found.length / 500));
    const known = new Set(catalogue.records.map((record) => record.metric));
    expect([...new Set(found.map((metric) => metric.MetricName ?? ""))].filter((name) => !known.has(name))).toEqual([]);
  });

  it("filters by name and dimension, and finds a cluster's three nodes", async () => {
    const { found } = await metrics({
      MetricName: "RabbitMQMemUsed",
      Dimensions: [{ Name: "Broker", Value: "wallet-events" }, { Name: "Node" }],
    });
    expect(found).toHaveLength(3);
    const node = found[0]?.Dimensions?.find((dimension) => dimension.Name === "Node")?.Value ?? "";
    expect(node).toMatch(/^rabbit@ip-10-0-\d+-\d+\.us-east-1\.compute\.internal$/);
    const { cloudWatch } = sdkClients(simulator.url, { account: payments });
    const answer = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date("2026-11-18T00:00:00Z"),
        EndTime: new Date("2026-11-18T05:00:00Z"),
        MetricDataQueries: [
          {
            Id: "n",
            MetricStat: {
              Metric: { Namespace: "AWS/AmazonMQ", MetricName: "RabbitMQMemUsed", Dimensions: found[0]?.Dimensions },
              Period: 3600,
              Stat: "Average",
            },
          },
        ],
      }),
    );
    expect(answer.MetricDataResults?.[0]?.Values?.length).toBeGreaterThanOrEqual(4);
  });

  it("forgets a deleted broker after two weeks", async () => {
    const names = async (day: string) => {
      simulator.setClock({ asOf: `${day}T12:00:00Z`, rate: 0 });
      return (
        await metrics({ MetricName: "SystemCpuUtilization", Dimensions: [{ Name: "Broker", Value: "fraud-scoring" }] })
      ).found.length;
    };
    expect(await names("2026-06-20")).toBeGreaterThan(0);
    expect(await names("2026-07-05")).toBe(0);
  });
});
