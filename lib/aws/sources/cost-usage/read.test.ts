import { afterEach, describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { AccountSession, AwsGateway, CostRead } from "../../gateway";
import { callerIdentityXml, type FakeAnswer, type FakeEndpoint, startFakeEndpoint } from "../../testing/fake-endpoint";
import { ownSession, TEST_ACCOUNT, testGateway } from "../../testing/test-gateway";

const START = parsePlainDate("2026-11-01");
const END = parsePlainDate("2026-11-03");

let endpoint: FakeEndpoint | undefined;
let gateway: AwsGateway | undefined;

afterEach(async () => {
  gateway?.close();
  await endpoint?.close();
});

interface CostRequest {
  GroupBy: { Key: string }[];
  Filter: unknown;
  NextPageToken?: string;
}

/** What an account was really charged on each day. */
const LEDGER = [
  { recordType: "Usage", usageType: "USE1-InstanceUsage:mq.m5.large", amount: "6.912", quantity: "24", unit: "Hrs" },
  {
    recordType: "Usage",
    usageType: "TimedStorage-ByteHrs",
    amount: "0.1234567890123456789",
    quantity: "1.5",
    unit: "GB-Mo",
  },
  { recordType: "Tax", usageType: "NoUsageType", amount: "1.4", quantity: "0", unit: "N/A" },
  { recordType: "Credit", usageType: "USE1-InstanceUsage:mq.m5.large", amount: "-2", quantity: "0", unit: "Hrs" },
];

interface Behaviour {
  ignoresFilter?: boolean;
  refusesFilter?: boolean;
  ignoresRecordTypeGrouping?: boolean;
  failsByRecordType?: FakeAnswer;
  names?: FakeAnswer;
  chargesNothing?: boolean;
}

/** A small Cost Explorer with one account, one day per page. */
function costExplorer(request: CostRequest, behaviour: Behaviour): FakeAnswer {
  const filter = JSON.stringify(request.Filter);
  const filtersRecordType = filter.includes("RECORD_TYPE");
  if (behaviour.refusesFilter && filtersRecordType) {
    return { status: 400, body: { __type: "ValidationException", message: "RECORD_TYPE is not a dimension" } };
  }
  const groupsByRecordType = request.GroupBy[0]?.Key === "RECORD_TYPE";
  if (groupsByRecordType && behaviour.failsByRecordType) return behaviour.failsByRecordType;
  const rows = (behaviour.chargesNothing ? [] : LEDGER).filter(
    ({ recordType }) => behaviour.ignoresFilter || !filtersRecordType || filter.includes(`"${recordType}"`),
  );
  const groups = new Map<string, { amount: number; exact: string[]; quantity: number; unit: string }>();
  for (const row of rows) {
    const key = groupsByRecordType && !behaviour.ignoresRecordTypeGrouping ? row.recordType : row.usageType;
    const group = groups.get(key) ?? { amount: 0, exact: [], quantity: 0, unit: row.unit };
    group.exact.push(row.amount);
    group.amount += Number(row.amount);
    group.quantity += Number(row.quantity);
    groups.set(key, group);
  }
  const isSecond = request.NextPageToken === "second";
  const day = isSecond ? "2026-11-02" : "2026-11-01";
  return {
    body: {
      ...(isSecond ? {} : { NextPageToken: "second" }),
      ResultsByTime: [
        {
          TimePeriod: { Start: day, End: "2026-11-03" },
          Total: {},
          Estimated: isSecond,
          Groups: [...groups].map(([key, { exact, amount, quantity, unit }]) => ({
            Keys: [key, TEST_ACCOUNT],
            Metrics: {
              UnblendedCost: { Amount: exact.length === 1 ? exact[0] : String(amount), Unit: "USD" },
              UsageQuantity: { Amount: String(quantity), Unit: unit },
            },
          })),
        },
      ],
    },
  };
}

async function against(behaviour: Behaviour): Promise<AccountSession> {
  endpoint = await startFakeEndpoint(({ target, body }) => {
    if (target === "GetCallerIdentity") return { body: callerIdentityXml(TEST_ACCOUNT) };
    if (target === "GetDimensionValues") {
      return (
        behaviour.names ?? {
          body: { DimensionValues: [{ Value: "Amazon MQ" }, { Value: "Amazon MSK" }], ReturnSize: 2 },
        }
      );
    }
    return costExplorer(JSON.parse(body), behaviour);
  });
  gateway = testGateway(endpoint.url);
  return ownSession(gateway);
}

const rowsOf = (costs: readonly CostRead[], day = "2026-11-01") =>
  costs
    .filter((cost) => cost.day === day)
    .map(({ recordType, usageType, unblended }) => `${recordType} ${usageType} ${unblended}`)
    .sort();

describe("reading costs", () => {
  it("reads use by usage type and the rest by record type, exactly, over all pages", async () => {
    const session = await against({});
    const costs = await session.costUsage(START, END);
    expect(costs.status).toBe("complete");
    expect(rowsOf(costs.items)).toEqual([
      "Credit NoUsageType -2",
      "Tax NoUsageType 1.4",
      "Usage TimedStorage-ByteHrs 0.123456789012345679",
      "Usage USE1-InstanceUsage:mq.m5.large 6.912",
    ]);
    expect(rowsOf(costs.items, "2026-11-02")).toHaveLength(4);
    const usage = costs.items.find(({ usageType, day }) => usageType.includes("mq.m5") && day === START);
    expect(usage).toMatchObject({
      accountId: TEST_ACCOUNT,
      currency: "USD",
      amortized: null,
      usageUnit: "Hrs",
      estimated: false,
    });
    expect(usage?.usageQuantity?.toString()).toBe("24");
    expect(costs.items.filter(({ day }) => day !== START).every(({ estimated }) => estimated)).toBe(true);
    expect(session.counts().ce).toMatchObject({ requests: 5, billableUnits: 5 });
  });

  it("asks only for Amazon MQ, under the name Cost Explorer has for it", async () => {
    const session = await against({
      names: { body: { DimensionValues: [{ Value: "AmazonMQ" }, { Value: "Amazon MQTT" }] } },
    });
    await session.costUsage(START, END);
    const filters =
      endpoint?.requests.filter(({ target }) => target === "GetCostAndUsage").map(({ body }) => body) ?? [];
    expect(filters.length).toBe(4);
    for (const filter of filters) {
      expect(filter).toContain('"AmazonMQ"');
      expect(filter).not.toContain("MQTT");
    }
  });

  it("asks for the name once per session", async () => {
    const session = await against({});
    await session.costUsage(START, END);
    await session.costUsage(START, END);
    expect(endpoint?.requests.filter(({ target }) => target === "GetDimensionValues")).toHaveLength(1);
  });

  it("has no costs, and pays for one request only, where Amazon MQ was never used", async () => {
    const session = await against({ names: { body: { DimensionValues: [{ Value: "Amazon MSK" }] } } });
    expect(await session.costUsage(START, END)).toMatchObject({ status: "complete", items: [] });
    expect(session.counts().ce?.requests).toBe(1);
  });

  it.each([
    ["ignores the filter by record type", { ignoresFilter: true }],
    ["refuses the filter by record type", { refusesFilter: true }],
  ] satisfies [string, Behaviour][])("counts everything once when the endpoint %s", async (_what, behaviour) => {
    const costs = await (await against(behaviour)).costUsage(START, END);
    expect(costs.status).toBe("partial");
    expect(costs.failures).toMatchObject([
      { item: "tax, credits and refunds", errorCode: "aws-operation-unsupported" },
    ]);
    expect(rowsOf(costs.items)).toEqual([
      "Usage NoUsageType 1.4",
      "Usage TimedStorage-ByteHrs 0.123456789012345679",
      "Usage USE1-InstanceUsage:mq.m5.large 4.912",
    ]);
  });

  it("leaves tax and credits out, and says so, when the endpoint ignores the grouping by record type", async () => {
    const costs = await (await against({ ignoresRecordTypeGrouping: true })).costUsage(START, END);
    expect(costs.status).toBe("partial");
    expect(costs.items.every(({ recordType }) => recordType === "Usage")).toBe(true);
    expect(rowsOf(costs.items)).toHaveLength(2);
  });

  it("keeps use when only tax and credits cannot be read", async () => {
    const denied = { status: 400, body: { __type: "AccessDeniedException", message: "no" } };
    const costs = await (await against({ failsByRecordType: denied })).costUsage(START, END);
    expect(costs).toMatchObject({ status: "partial", errorCode: "aws-access-denied" });
    expect(rowsOf(costs.items)).toHaveLength(2);
  });

  it("does not take nothing for no costs when the name was a guess", async () => {
    const session = await against({
      names: { status: 400, body: { __type: "AccessDeniedException", message: "not allowed" } },
    });
    expect((await session.costUsage(START, END)).status).toBe("complete");
    gateway?.close();
    await endpoint?.close();

    const without = await against({
      names: { status: 400, body: { __type: "AccessDeniedException", message: "not allowed" } },
      chargesNothing: true,
    });
    expect(await without.costUsage(START, END)).toMatchObject({ status: "denied", errorCode: "aws-access-denied" });
  });
});
