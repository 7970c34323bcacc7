import {
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostAndUsageWithResourcesCommand,
  GetDimensionValuesCommand,
  type ResultByTime,
} from "@aws-sdk/client-cost-explorer";
import { Decimal } from "decimal.js";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { payments, platform, sandbox } from "./organisation/accounts";
import { fictionalOrganisation } from "./organisation/fictional-organisation";
import { attributesAt, existsAt } from "./organisation/model";
import { dayMs, dayStart } from "./organisation/seeded";
import { rejection, sdkClients } from "./sdk-clients";
import { fromE10, hourlyPrice, toE10 } from "./services/cost-explorer/price-list";
import { startSimulator } from "./simulator";

const anchor = "2026-11-20";
const simulator = await startSimulator({ organisation: fictionalOrganisation({ anchor }), throttle: false });
afterAll(() => simulator.close());
beforeEach(() => simulator.setClock({ asOf: `${anchor}T12:00:00Z`, rate: 0 }));

const amazonMq: Expression = { Dimensions: { Key: "SERVICE", Values: ["Amazon MQ"] } };
const usageOnly: Expression = { And: [amazonMq, { Dimensions: { Key: "RECORD_TYPE", Values: ["Usage"] } }] };

async function costs(
  input: Partial<GetCostAndUsageCommandInput> & { TimePeriod: { Start: string; End: string } },
  account?: string,
) {
  const { ce } = sdkClients(simulator.url, { account });
  const results: ResultByTime[] = [];
  let pages = 0;
  let NextPageToken: string | undefined;
  do {
    const page = await ce.send(
      new GetCostAndUsageCommand({
        Granularity: "DAILY",
        Metrics: ["UnblendedCost", "UsageQuantity"],
        Filter: usageOnly,
        ...input,
        NextPageToken,
      }),
    );
    results.push(...(page.ResultsByTime ?? []));
    NextPageToken = page.NextPageToken;
    pages += 1;
  } while (NextPageToken);
  return { results, pages };
}

function total(results: readonly ResultByTime[], metric = "UnblendedCost"): Decimal {
  const amounts = results.flatMap((result) =>
    result.Groups?.length
      ? result.Groups.map((group) => group.Metrics?.[metric]?.Amount)
      : [result.Total?.[metric]?.Amount],
  );
  return amounts.reduce((sum, amount) => sum.plus(amount ?? "0"), new Decimal(0));
}

/** Hours x list price of the brokers of an account on a day, hour by hour, from the organisation itself. */
function fleetTimesPrice(account: string | undefined, day: string): Decimal {
  let sum = 0n;
  for (const broker of simulator.organisation.brokers) {
    if (account && broker.account !== account) continue;
    for (let hour = dayStart(day); hour < dayStart(day) + dayMs; hour += 3_600_000) {
      const from = Math.max(hour, broker.createdAt);
      if (from >= hour + 3_600_000 || !existsAt(broker, from)) continue;
      const attributes = attributesAt(broker, from);
      if (attributes.billed) sum += hourlyPrice(broker, attributes.hostInstanceType);
    }
  }
  return new Decimal(fromE10(sum));
}

const instanceUsage = /InstanceUsage:mq\.\S+$/;
const byUsageType = [
  { Type: "DIMENSION" as const, Key: "USAGE_TYPE" },
  { Type: "DIMENSION" as const, Key: "LINKED_ACCOUNT" },
];

describe("amounts", () => {
  it("turns decimal text into exact integers and back", () => {
    for (const text of ["0", "0.864", "12", "0.0000000001", "123456789.0123456789"])
      expect(fromE10(toE10(text))).toBe(text);
    expect(fromE10(-25_0000000000n)).toBe("-25");
    expect(fromE10(-5000000000n)).toBe("-0.5");
  });

  it("bills list prices where they are published and plausible ones elsewhere", () => {
    const cluster = { region: "us-east-1", engine: "RabbitMQ", deploymentMode: "CLUSTER_MULTI_AZ" } as const;
    expect(fromE10(hourlyPrice(cluster, "mq.m5.large"))).toBe("0.864");
    expect(fromE10(hourlyPrice(cluster, "mq.m7g.large"))).toBe("0.8201");
    expect(Number(fromE10(hourlyPrice({ ...cluster, region: "sa-east-1" }, "mq.m7g.large")))).toBeGreaterThan(1.2);
    expect(fromE10(hourlyPrice({ ...cluster, deploymentMode: "SINGLE_INSTANCE" }, "mq.x9g.huge"))).toBe("0.3168");
  });
});

describe("GetCostAndUsage", () => {
  it("bills exactly fleet x price for final days, also on days with changes", async () => {
    // 2026-06-13 and its neighbours: fraud-scoring is replaced; 2026-09-15 is an ordinary day.
    for (const day of ["2026-05-14", "2026-06-13", "2026-08-16", "2026-09-15"]) {
      const End = new Date(dayStart(day) + dayMs).toISOString().slice(0, 10);
      const { results } = await costs({ TimePeriod: { Start: day, End }, GroupBy: byUsageType });
      expect(results).toHaveLength(1);
      expect(results[0]?.Estimated).toBe(false);
      const groups = (results[0]?.Groups ?? []).filter((group) => instanceUsage.test(group.Keys?.[0] ?? ""));
      expect(total([{ Groups: groups }])).toEqual(fleetTimesPrice(undefined, day));
      const ofPayments = groups.filter((group) => group.Keys?.[1] === payments);
      expect(total([{ Groups: ofPayments }])).toEqual(fleetTimesPrice(payments, day));
    }
  });

  it("gives the same sum however it is grouped, sliced and paged", async () => {
    const TimePeriod = { Start: "2026-05-01", End: "2026-09-01" };
    const daily = await costs({ TimePeriod, GroupBy: byUsageType });
    expect(daily.pages).toBeGreaterThan(1);
    expect(new Set(daily.results.map((result) => result.TimePeriod?.Start)).size).toBe(123);
    const plain = await costs({ TimePeriod });
    const monthly = await costs({
      TimePeriod,
      Granularity: "MONTHLY",
      GroupBy: [{ Type: "DIMENSION", Key: "REGION" }],
    });
    const sum = total(daily.results);
    expect(sum.greaterThan(100_000)).toBe(true);
    expect(total(plain.results)).toEqual(sum);
    expect(total(monthly.results)).toEqual(sum);
    expect(monthly.results.map((result) => result.TimePeriod?.Start)).toEqual([
      "2026-05-01",
      "2026-06-01",
      "2026-07-01",
      "2026-08-01",
    ]);
  });

  it("writes amounts as text of at most ten decimals, with units that fit", async () => {
    const { results } = await costs({ TimePeriod: { Start: "2026-09-01", End: "2026-09-03" }, GroupBy: byUsageType });
    for (const group of results.flatMap((result) => result.Groups ?? [])) {
      expect(group.Metrics?.UnblendedCost?.Amount).toMatch(/^\d+(\.\d{1,10})?$/);
      expect(group.Metrics?.UnblendedCost?.Unit).toBe("USD");
      expect(group.Metrics?.UsageQuantity?.Unit).toBe(
        /InstanceUsage/.test(group.Keys?.[0] ?? "")
          ? "Hrs"
          : /TimedStorage/.test(group.Keys?.[0] ?? "")
            ? "GB-Month"
            : "GB",
      );
    }
  });

  it("names usage types with region prefixes, storage without one in us-east-1", async () => {
    const { results } = await costs({ TimePeriod: { Start: "2026-09-01", End: "2026-09-02" }, GroupBy: byUsageType });
    const types = new Set(results.flatMap((result) => result.Groups ?? []).map((group) => group.Keys?.[0]));
    for (const type of [
      "USE1-RabbitMQ-3-InstanceUsage:mq.m7g.xlarge",
      "EU-ActiveMQ-Multi-AZ-InstanceUsage:mq.m5.large",
      "TimedStorage-ByteHrs",
      "EUC1-TimedStorage-EBS-ByteHrs",
    ]) {
      expect(types).toContain(type);
    }
  });

  it("shows a member account only its own bill, and the payer all of them", async () => {
    const TimePeriod = { Start: "2026-09-01", End: "2026-09-02" };
    const accounts = async (account?: string) =>
      (await costs({ TimePeriod, GroupBy: [{ Type: "DIMENSION", Key: "LINKED_ACCOUNT" }] }, account)).results
        .flatMap((result) => result.Groups ?? [])
        .map((group) => group.Keys?.[0]);
    expect(await accounts(payments)).toEqual([payments]);
    expect((await accounts(platform)).length).toBe(5);
  });

  it("keeps tax and credits apart by record type, and other services out by service", async () => {
    const TimePeriod = { Start: "2026-01-01", End: "2026-10-01" };
    const groups = async (Key: string, Filter?: Expression) =>
      (
        await costs({ TimePeriod, Granularity: "MONTHLY", GroupBy: [{ Type: "DIMENSION", Key }], Filter })
      ).results.flatMap((result) => result.Groups ?? []);
    const records = await groups("RECORD_TYPE", amazonMq);
    expect(new Set(records.map((group) => group.Keys?.[0]))).toEqual(new Set(["Usage", "Tax", "Credit"]));
    expect(
      records
        .filter((group) => group.Keys?.[0] === "Credit")
        .every((group) => group.Metrics?.UnblendedCost?.Amount?.startsWith("-")),
    ).toBe(true);
    expect(new Set((await groups("SERVICE", usageOnly)).map((group) => group.Keys?.[0]))).toEqual(
      new Set(["Amazon MQ"]),
    );
    const all = await costs({
      TimePeriod,
      Granularity: "MONTHLY",
      GroupBy: [{ Type: "DIMENSION", Key: "SERVICE" }],
      Filter: { Not: { Dimensions: { Key: "RECORD_TYPE", Values: ["Tax", "Credit"] } } },
    });
    expect(new Set(all.results.flatMap((result) => result.Groups ?? []).map((group) => group.Keys?.[0])).size).toBe(3);
  });

  it("charges nothing for a broker that its retired instance type made unreachable", async () => {
    const micro = {
      And: [usageOnly, { Dimensions: { Key: "USAGE_TYPE", Values: ["USE1-RabbitMQ-InstanceUsage:mq.t3.micro"] } }],
    } satisfies Expression;
    const { results } = await costs({ TimePeriod: { Start: "2026-09-28", End: "2026-10-05" }, Filter: micro });
    const amounts = results.map((result) => Number(result.Total?.UnblendedCost?.Amount));
    expect(amounts[0]).toBeGreaterThan(0);
    expect(amounts.at(-1)).toBe(0);
  });
});

describe("unfinished days", () => {
  const day = { Start: "2026-11-19", End: "2026-11-20" };
  const amountAt = async (asOf: string, TimePeriod = day, account?: string) => {
    simulator.setClock({ asOf, rate: 0 });
    const { results } = await costs({ TimePeriod }, account);
    return { amount: total(results), estimated: results[0]?.Estimated };
  };

  it("knows nothing of a day at first, then a part of it, and all of it when its last hours are in", async () => {
    expect((await amountAt("2026-11-19T09:00:00Z")).amount.isZero()).toBe(true);
    const half = await amountAt("2026-11-19T23:00:00Z");
    const whole = await amountAt("2026-11-20T09:00:00Z");
    expect(half.amount.greaterThan(0)).toBe(true);
    expect(whole.amount.greaterThan(half.amount.times(1.5))).toBe(true);
    expect(half.estimated).toBe(true);
  });

  it("says the same all the time between two updates of the bill", async () => {
    expect((await amountAt("2026-11-19T16:01:00Z")).amount).toEqual((await amountAt("2026-11-19T23:59:00Z")).amount);
  });

  it("restates some days by a little until five days after the month, and never again", async () => {
    let restated = 0;
    for (let index = 1; index <= 28; index += 1) {
      const Start = `2026-09-${String(index).padStart(2, "0")}`;
      const TimePeriod = { Start, End: new Date(dayStart(Start) + dayMs).toISOString().slice(0, 10) };
      const soon = await amountAt(new Date(dayStart(Start) + 2.4 * dayMs).toISOString(), TimePeriod, payments);
      const final = await amountAt("2026-10-06T00:00:00Z", TimePeriod, payments);
      const later = await amountAt("2026-11-20T00:00:00Z", TimePeriod, payments);
      expect(soon.estimated).toBe(true);
      expect(final.estimated).toBe(false);
      expect(later.amount).toEqual(final.amount);
      const drift = soon.amount.minus(final.amount).abs();
      expect(drift.lessThan(final.amount.times(0.02))).toBe(true);
      if (!drift.isZero()) restated += 1;
    }
    expect(restated).toBeGreaterThanOrEqual(4);
    expect(restated).toBeLessThanOrEqual(22);
  });
});

describe("the rest of Cost Explorer", () => {
  it("finds the service's name and the linked accounts with their names", async () => {
    const { ce } = sdkClients(simulator.url);
    const TimePeriod = { Start: "2026-10-01", End: "2026-11-01" };
    const services = await ce.send(
      new GetDimensionValuesCommand({ TimePeriod, Dimension: "SERVICE", SearchString: "mq" }),
    );
    expect(services.DimensionValues?.map((entry) => entry.Value)).toEqual(["Amazon MQ"]);
    const accounts = await ce.send(new GetDimensionValuesCommand({ TimePeriod, Dimension: "LINKED_ACCOUNT" }));
    expect(accounts.DimensionValues?.find((entry) => entry.Value === sandbox)?.Attributes?.description).toBe("Sandbox");
    const paged = await ce.send(
      new GetDimensionValuesCommand({
        TimePeriod,
        Dimension: "USAGE_TYPE",
        MaxResults: 3,
        SortBy: [{ Key: "UnblendedCost" }],
      }),
    );
    expect(paged).toMatchObject({ ReturnSize: 3 });
    expect(paged.NextPageToken).toBeDefined();
  });

  it("has no resource-level data unless it is switched on, and then fourteen days by broker ARN", async () => {
    const { ce } = sdkClients(simulator.url);
    const ask = (Start: string) =>
      ce.send(
        new GetCostAndUsageWithResourcesCommand({
          TimePeriod: { Start, End: "2026-11-19" },
          Granularity: "DAILY",
          Metrics: ["UnblendedCost"],
          Filter: usageOnly,
          GroupBy: [{ Type: "DIMENSION", Key: "RESOURCE_ID" }],
        }),
      );
    expect((await rejection(ask("2026-11-12"))).name).toBe("DataUnavailableException");
    simulator.control("POST", "/settings", { resourceLevelCosts: true });
    expect((await rejection(ask("2026-10-12"))).name).toBe("ValidationException");
    const groups = (await ask("2026-11-12")).ResultsByTime?.[0]?.Groups ?? [];
    expect(groups.length).toBeGreaterThan(70);
    expect(groups.every((group) => group.Keys?.[0]?.startsWith("arn:aws:mq:"))).toBe(true);
    simulator.control("POST", "/settings", { resourceLevelCosts: false });
  });

  it("refuses what AWS refuses", async () => {
    const refused = async (input: Parameters<typeof costs>[0]) => (await rejection(costs(input))).name;
    expect(await refused({ TimePeriod: { Start: "2026-09-02", End: "2026-09-02" } })).toBe("ValidationException");
    expect(await refused({ TimePeriod: { Start: "2025-09-01", End: "2025-10-02" } })).toBe("ValidationException");
    expect(await refused({ TimePeriod: { Start: "2026-09-01", End: "2026-09-02" }, Metrics: ["Nonsense"] })).toBe(
      "ValidationException",
    );
    const { ce } = sdkClients(simulator.url);
    const stale = ce.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: "2026-09-01", End: "2026-09-02" },
        Granularity: "DAILY",
        Metrics: ["UnblendedCost"],
        NextPageToken: "stale",
      }),
    );
    expect((await rejection(stale)).name).toBe("InvalidNextTokenException");
  });

  it("throttles with LimitExceededException", async () => {
    simulator.control("POST", "/faults", { add: [{ kind: "throttle", service: "ce", times: 1 }] });
    expect((await rejection(costs({ TimePeriod: { Start: "2026-09-01", End: "2026-09-02" } }))).name).toBe(
      "LimitExceededException",
    );
  });
});
