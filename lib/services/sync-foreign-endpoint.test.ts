import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { brokerDetail, brokerPage } from "@/lib/contracts/brokers";
import { costReport } from "@/lib/contracts/costs";
import { overview } from "@/lib/contracts/overview";
import {
  bareBroker,
  costExplorer,
  FOREIGN_ACCOUNT,
  type ForeignEndpoint,
  startForeignEndpoint,
} from "@/lib/testing/foreign-endpoint";
import { routesOfHarness } from "@/lib/testing/routes-of-harness";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { type ConnectedAccount, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const REGION = "us-east-1";
const ALL = { leaveOut: [] } as const;

let aws: ForeignEndpoint;
let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;
let routes: ReturnType<typeof routesOfHarness>;

beforeEach(async () => {
  aws = await startForeignEndpoint();
});
afterEach(async () => {
  await harness.close();
  await aws.close();
});

/** Connects the product to the endpoint; `false`: with nothing but its credentials. */
async function open(connect: ConnectedAccount | false = { accountId: FOREIGN_ACCOUNT, regions: [REGION] }) {
  harness = await syncHarness({ connect, endpointUrl: aws.url });
  ask = harnessQueries(harness.db);
  routes = routesOfHarness(harness);
}

/** A broker with everything that most endpoints tell. */
const broker = (name: string, more: Record<string, unknown> = {}) =>
  bareBroker(REGION, name, {
    brokerState: "RUNNING",
    engineType: "ActiveMQ",
    engineVersion: "5.18.4",
    deploymentMode: "SINGLE_INSTANCE",
    hostInstanceType: "mq.m5.large",
    created: "2026-01-01T00:00:00Z",
    ...more,
  });

const listed = async () => brokerPage.parse(await routes.get("/brokers?limit=100&filter=presence:")).items;

describe("a sync against an endpoint that was not written here", () => {
  it("reads brokers whose ARN has no name, and says of everything else what it does not know", async () => {
    aws.regions[REGION] = [
      {
        ...broker("orders", { engineType: "ACTIVEMQ", created: 1_700_000_000.12, securityGroups: null, tags: {} }),
        brokerArn: `arn:aws:mq:${REGION}:${FOREIGN_ACCOUNT}:broker:a1b2c3`,
        brokerId: "a1b2c3",
      },
    ];
    await open(false);
    const { runId, status } = await harness.sync(ALL);
    expect(status).toBe("partial");
    expect(await listed()).toMatchObject([
      {
        id: "a1b2c3",
        name: "orders",
        region: REGION,
        accountId: FOREIGN_ACCOUNT,
        createdAt: "2023-11-14T22:13:20.120Z",
      },
    ]);
    expect(await ask.outcome(runId, "cost-usage")).toMatchObject({
      status: "unsupported",
      message: expect.stringContaining("Cost Explorer does not know this operation"),
      wayOut: expect.stringContaining("AWS_ENDPOINT_URL"),
    });
    const { freshness } = overview.parse(await routes.get("/overview"));
    expect(freshness.incomplete.map(({ source, affects }) => `${source}: ${affects}`)).toEqual(
      expect.arrayContaining([
        "cost-usage: costs and run rate of the account",
        "metrics: metrics of its brokers",
        "mq-offers: offered versions and instance types",
      ]),
    );
    expect(await routes.refusals("a1b2c3", runId)).toEqual([]);
  });

  describe("that does not look at the region it is asked for", () => {
    beforeEach(() => {
      aws.regions.everywhere = [broker("one"), { ...broker("two"), ...bareBroker("eu-west-1", "two") }];
    });

    it("has each broker once, in the region of its ARN, and finds nothing new the next time", async () => {
      await open(false);
      const first = await harness.sync();
      expect((await ask.run(first.runId)).counts).toMatchObject({ brokersSeen: 2, brokersNew: 2 });
      const where = (await listed()).map(({ name, region }) => `${name} ${region}`);
      expect(where).toEqual(["one us-east-1", "two eu-west-1"]);
      harness.setTime("2026-11-02T06:00:00Z");
      const before = await ask.rowVersions("broker", "finding");
      const second = await harness.sync();
      expect(second.status).toBe("complete");
      expect(await ask.rowVersions("broker", "finding")).toEqual(before);
      expect(await ask.count("broker_change")).toBe(0);
    });

    it("says so where the account is not read in that region", async () => {
      await open();
      const { runId, status } = await harness.sync();
      expect(status).toBe("partial");
      expect((await listed()).map(({ name }) => name)).toEqual(["one"]);
      expect(await ask.outcome(runId, "mq-brokers")).toMatchObject({
        status: "partial",
        message: expect.stringContaining("eu-west-1"),
        wayOut: expect.stringContaining("Add the region"),
        failures: [{ item: "b-two", errorCode: "aws-invalid-response" }],
      });
    });
  });

  it("keeps every broker of a region however odd one of them is", async () => {
    const wide = "\ufdfa".repeat(256); // 18 characters each, once unified
    const odd: Record<string, Record<string, unknown>> = {
      "date in milliseconds": { created: 1_700_000_000_000 },
      "date out of the world": { created: 8e15 },
      "date before Christ": { created: "-000044-03-15T00:00:00Z" },
      "no date": { created: "yesterday" },
      nothing: { tags: null, configurations: null, users: null, logs: null, engineType: null, brokerState: null },
      "new words": {
        engineType: "Artemis",
        deploymentMode: "quantum",
        brokerState: "hibernating",
        storageType: "tape",
      },
      "no number": { engineVersion: "latest" },
      "large number": { engineVersion: "999999999.999999999.999999999.999999999", storageSize: 9e15 },
      "endless revision": { configurations: { current: { id: "c-1", revision: 99_999_999_999 } } },
      "NUL and half a pair": {
        tags: { "a\u0000": "b\u0000", half: "\ud800" },
        configurations: { current: { id: "c-\u0000", revision: 1 }, pending: { id: "c-\ud800", revision: 1 } },
      },
      "wide owner": { tags: { owner: `${wide}a` } },
      "long owner": {
        tags: {
          owner: Array.from({ length: 6_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7_919) % 20_000))).join(
            "",
          ),
        },
      },
      "members of objects": { tags: { constructor: "1", toString: "2", hasOwnProperty: "3" } },
      "a window in no week": {
        maintenanceWindowStartTime: { dayOfWeek: "Someday", timeOfDay: "25:99", timeZone: "Mars/Olympus" },
      },
      "flag as text": { publiclyAccessible: "true" },
      "tags as a list": { tags: [{ key: "a", value: "b" }] },
    };
    aws.regions[REGION] = Object.entries(odd).map(([name, more]) => broker(name, more));
    aws.regions[REGION].push(broker("long name", { brokerName: "\u{1F98A}".repeat(3_000) }));
    // One that cannot be told apart from others, or could not be a key, is named, and costs nobody else anything.
    aws.regions[REGION].push({ ...broker("endless"), brokerArn: `${broker("endless").brokerArn}${"x".repeat(9_000)}` });
    aws.regions[REGION].push({ ...broker("x"), brokerId: `\u0000\ud83d${"y".repeat(500)}`, brokerArn: "none" });
    await open();
    const { runId } = await harness.sync();
    const items = await listed();
    expect(items).toHaveLength(Object.keys(odd).length + 1);
    const byName = new Map(items.map((item) => [item.name, item]));
    expect(byName.get("date in milliseconds")?.createdAt).toBe("2023-11-14T22:13:20.000Z");
    for (const name of ["date out of the world", "date before Christ", "no date"])
      expect(byName.get(name)?.createdAt).toBeNull();
    expect(byName.get("new words")).toMatchObject({
      engine: "ARTEMIS",
      deploymentMode: "QUANTUM",
      state: "HIBERNATING",
      storageType: "TAPE",
    });
    expect(byName.get("nothing")).toMatchObject({ engine: "UNKNOWN", state: "UNKNOWN", tags: {} });
    expect(byName.get("members of objects")?.tags).toEqual({ constructor: "1", toString: "2", hasOwnProperty: "3" });
    expect(byName.get("NUL and half a pair")?.tags).toEqual({ "a\ufffd": "b\ufffd", half: "\ufffd" });
    expect(await ask.outcome(runId, "mq-brokers")).toMatchObject({ status: "partial", failures: [{}, {}] });
    const { failures } = await ask.outcome(runId, "mq-descriptions");
    expect(failures).toMatchObject([{ item: "b-flagastext" }, { item: "b-tagsasalist" }]);
    for (const { id } of items) expect(await routes.refusals(id, runId)).toEqual([]);
  }, 60_000);

  it("takes one description for two brokers for the one that it names", async () => {
    const described = broker("one");
    aws.regions[REGION] = [described, broker("two")];
    aws.override = ({ path }) =>
      path === "/v1/brokers/b-two" ? { body: { ...described, brokerId: "b-two" } } : undefined;
    await open();
    const { runId, status } = await harness.sync();
    expect(status).toBe("partial");
    expect((await listed()).map(({ name, engineVersion }) => [name, engineVersion])).toEqual([
      ["one", "5.18.4"],
      ["two", null],
    ]);
    expect(await ask.outcome(runId, "mq-descriptions")).toMatchObject({ itemCount: 1, failures: [{ item: "b-two" }] });
  });

  it("ends although page tokens never do, and declares nobody gone", async () => {
    aws.regions[REGION] = [broker("one"), broker("two")];
    await open();
    await harness.sync();
    harness.setTime("2026-11-02T06:00:00Z");
    let pages = 0;
    aws.override = ({ path }) => {
      if (path !== "/v1/brokers") return undefined;
      pages += 1;
      return { body: { brokerSummaries: pages % 2 ? [broker("one")] : [], nextToken: `token-${pages}` } };
    };
    const { runId, status } = await harness.sync();
    expect(status).toBe("partial");
    expect(pages).toBeLessThan(100);
    expect(await ask.outcome(runId, "mq-brokers")).toMatchObject({
      status: "partial",
      errorCode: "aws-invalid-response",
    });
    expect((await listed()).map(({ name, goneAt }) => [name, goneAt])).toEqual([
      ["one", null],
      ["two", null],
    ]);
  });

  it("shows configurations that are absent, malformed or huge for what they are", async () => {
    const huge = `<broker><!-- ${"x".repeat(1_000_000)} --></broker>`;
    const current = (id: string, revision = 1) => ({ configurations: { current: { id, revision } } });
    aws.configurations["c-cut/3"] = "<broker>\n<networkConnectors>\n<networkConnector name='a'";
    aws.configurations["c-open/1"] = "<broker><networkConnectors>";
    aws.configurations["c-huge/1"] = huge;
    aws.configurations["c-rabbit/1"] = "consumer_timeout = 1800000\u0000\n";
    aws.regions[REGION] = [
      broker("absent", { configurations: null }),
      broker("cut", current("c-cut", 3)),
      broker("open", current("c-open")),
      broker("huge", current("c-huge")),
      broker("unknown", current("c-unknown")),
      broker("rabbit", {
        ...current("c-rabbit"),
        engineType: "RabbitMQ",
        engineVersion: "3.13",
        deploymentMode: "CLUSTER_MULTI_AZ",
      }),
    ];
    await open();
    const { runId, status } = await harness.sync();
    expect(status).toBe("partial");
    expect(await ask.outcome(runId, "mq-configurations")).toMatchObject({
      itemCount: 4,
      failures: [{ item: "c-unknown/1" }],
    });
    const topologyOf = async (name: string) => brokerDetail.parse(await routes.get(`/brokers/b-${name}`)).topology;
    expect(await topologyOf("absent")).toMatchObject({ status: "not-read", configuration: null });
    expect(await topologyOf("unknown")).toMatchObject({ status: "not-read" });
    expect(await topologyOf("rabbit")).toMatchObject({ status: "not-applicable" });
    expect(await topologyOf("cut")).toMatchObject({
      status: "malformed",
      message: expect.stringMatching(
        /^Revision 3 of configuration c-cut is not well-formed XML \(line \d\): .* Create a corrected revision/,
      ),
      configuration: { text: aws.configurations["c-cut/3"] },
    });
    expect((await topologyOf("open")).message).toContain("<broker>, <networkConnectors> not closed");
    expect(await topologyOf("huge")).toMatchObject({ status: "malformed", configuration: { text: huge } });
  });
});

describe("costs as other endpoints tell them", () => {
  const read = async () => {
    const { runId } = await harness.sync({ leaveOut: ["metrics", "mq-offers"] });
    const costs = costReport.parse(await routes.get("/costs?by=account&from=2026-10-01&until=2026-10-31"));
    return { outcome: await ask.outcome(runId, "cost-usage"), costs, runId };
  };
  const usage = "USE1-ActiveMQ-Single-InstanceUsage:mq.m5.large";

  it("adds up per currency, with refunds, credits and accounts that are not connected, to the last digit", async () => {
    aws.regions[REGION] = [broker("one"), broker("two")];
    aws.override = costExplorer({
      usage: [
        { key: usage, account: FOREIGN_ACCOUNT, amount: "14.400000000000000001", unit: "EUR" },
        { key: usage, account: FOREIGN_ACCOUNT, amount: "10", unit: "usd" },
        { key: "EUW1-Adjustment", account: FOREIGN_ACCOUNT, amount: "-3.5", unit: "EUR" },
        { key: usage, account: "999988887777", amount: "7", unit: "EUR" },
      ],
      others: [{ key: "Credit", account: FOREIGN_ACCOUNT, amount: "-20", unit: "EUR" }],
    });
    await open();
    const { outcome, costs, runId } = await read();
    expect(outcome.status).toBe("complete");
    const [eur, usd] = costs.currencies;
    expect(costs.currencies.map(({ currency }) => currency)).toEqual(["EUR", "USD"]);
    // 30 days of October.
    expect(eur?.billed).toBe("537.00000000000000003");
    expect(eur?.series.map(({ key, total }) => [key, total])).toEqual([
      [FOREIGN_ACCOUNT, "327.00000000000000003"],
      ["999988887777", "210"],
    ]);
    expect(usd?.billed).toBe("300");
    expect(eur?.otherCharges).toMatchObject([{ recordType: "Credit" }]);
    expect(Number(eur?.otherCharges[0]?.amount)).toBe(-600);
    expect(await routes.refusals("b-one", runId)).toEqual([]);
  });

  it("replaces days that AWS restates, downwards too", async () => {
    aws.regions[REGION] = [broker("one")];
    const line = { key: usage, account: FOREIGN_ACCOUNT, unit: "USD" };
    aws.override = costExplorer({ usage: [{ ...line, amount: "10" }] });
    await open();
    expect((await read()).costs.currencies).toMatchObject([{ billed: "300", ambiguous: "300", unallocated: "0" }]);
    harness.setTime("2026-11-02T06:00:00Z");
    aws.override = costExplorer({ usage: [{ ...line, amount: "4" }] });
    expect((await read()).costs.currencies).toMatchObject([{ billed: "120", ambiguous: "120", unallocated: "0" }]);
  });

  it.each([
    ["that are not grouped", { total: "25" }],
    ["in no currency", { usage: [{ key: usage, account: FOREIGN_ACCOUNT, amount: "1", unit: "N/A" }] }],
    ["that are no numbers", { usage: [{ key: usage, account: FOREIGN_ACCOUNT, amount: "1,200.50", unit: "USD" }] }],
  ])("takes amounts %s for nothing known, never for zero", async (_what, bill) => {
    aws.regions[REGION] = [broker("one")];
    aws.override = costExplorer(bill);
    await open();
    const { outcome, costs } = await read();
    expect(outcome).toMatchObject({ status: "failed", errorCode: "aws-invalid-response", itemCount: 0 });
    expect(costs).toMatchObject({ currencies: [], missingDays: 30 });
  });
});
