import { afterEach, describe, expect, it } from "vitest";
import { bulkOrganisation } from "@/e2e/aws-simulator/organisation/bulk-organisation";
import { stsErrorXml } from "@/lib/aws/testing/fake-endpoint";
import { accessReport } from "@/lib/contracts/accounts";
import { brokerPage } from "@/lib/contracts/brokers";
import { kpiList } from "@/lib/contracts/kpis";
import { overview } from "@/lib/contracts/overview";
import { syncDetail, syncStarted } from "@/lib/contracts/syncs";
import { SYNC_SOURCES, type SyncSource } from "@/lib/domain/sync";
import { connectAccount } from "@/lib/services/connect-account";
import {
  bareBroker,
  FOREIGN_ACCOUNT,
  type ForeignEndpoint,
  NOT_FOUND_PAGE,
  startForeignEndpoint,
} from "@/lib/testing/foreign-endpoint";
import { routesOfHarness } from "@/lib/testing/routes-of-harness";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const REGION = "us-east-1";

let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;
let routes: ReturnType<typeof routesOfHarness>;
let foreign: ForeignEndpoint | undefined;

async function open(...options: Parameters<typeof syncHarness>): Promise<void> {
  harness = await syncHarness(...options);
  ask = harnessQueries(harness.db);
  routes = routesOfHarness(harness);
}

afterEach(async () => {
  await harness.close();
  await foreign?.close();
  foreign = undefined;
});

const freshness = async () => overview.parse(await routes.get("/overview")).freshness;
const detailOf = async (runId: number) => syncDetail.parse(await routes.get(`/syncs/${runId}`));

describe("credentials that do not open", () => {
  const refusal = (code: string) => ({
    status: 403,
    body: stsErrorXml(code, "The security token AKIASECRET1234567890 is no good"),
  });

  it("fail the sync with the way out, and lose nothing", async () => {
    foreign = await startForeignEndpoint();
    foreign.regions[REGION] = [bareBroker(REGION, "one")];
    await open({ connect: { accountId: FOREIGN_ACCOUNT, regions: [REGION] }, endpointUrl: foreign.url });
    await harness.sync();
    const before = await ask.rowVersions("broker", "finding", "finding_episode");
    for (const [day, code, words] of [
      ["2026-11-02", "InvalidClientTokenId", "did not accept the AWS credentials"],
      ["2026-11-03", "SignatureDoesNotMatch", "did not accept the AWS credentials"],
      ["2026-11-04", "ExpiredToken", "have expired"],
    ] as const) {
      harness.setTime(`${day}T06:00:00Z`);
      foreign.override = ({ service }) => (service === "sts" ? refusal(code) : undefined);
      const { runId, status } = await harness.sync();
      expect(status, code).toBe("failed");
      const { outcomes } = await detailOf(runId);
      expect(outcomes.find(({ source }) => source === "sts-identity")).toMatchObject({
        status: "denied",
        errorCode: "aws-credentials",
        message: expect.stringContaining(words),
        wayOut: expect.stringContaining("AWS_PROFILE"),
      });
      expect(JSON.stringify(outcomes)).not.toContain("AKIASECRET");
    }
    expect(await ask.rowVersions("broker", "finding", "finding_episode")).toEqual(before);
    expect((await freshness()).incomplete).toContainEqual(
      expect.objectContaining({ source: "sts-identity", affects: "everything of this account" }),
    );
  });

  it("(a role that cannot be assumed) cost their own account alone, and the test of access says the same", async () => {
    const organisation = bulkOrganisation({ accounts: 2, regions: 1, brokers: 6 });
    const [own, other] = organisation.accounts;
    if (!own || !other) throw new Error("two accounts were asked for");
    await open({ organisation });
    const roleArn = `arn:aws:iam::${other.id}:role/nobody-made-this-one`;
    const input = { accountId: other.id, roleArn, regions: [REGION], readCosts: true, enabled: true };
    await connectAccount({ ctx: harness.ctx, input });
    const { runId, status } = await harness.sync();
    expect(status).toBe("partial");
    expect((await ask.brokers()).length).toBe(3);
    const refused = (await detailOf(runId)).outcomes.filter(({ accountId }) => accountId === other.id);
    for (const outcome of refused.filter((each) => each.status !== "skipped")) {
      expect(outcome, outcome.source).toMatchObject({
        status: "denied",
        errorCode: "aws-assume-role-failed",
        message: expect.stringContaining(roleArn),
        wayOut: expect.stringContaining("trust policy"),
      });
    }
    const tried = await routes.call("POST", "/api/v1/accounts/test-access", { body: { accountId: other.id } });
    expect(accessReport.parse(tried.json())).toMatchObject({
      ok: false,
      message: expect.stringContaining(roleArn),
      wayOut: expect.stringContaining("trust policy"),
    });
  });
});

describe("one source that is denied", () => {
  it.each([
    ["mq", "ListBrokers", ["mq-brokers", "mq-descriptions", "mq-configurations"]],
    ["mq", "DescribeBroker", ["mq-descriptions"]],
    ["mq", "DescribeConfigurationRevision", ["mq-configurations"]],
    ["mq", "DescribeBrokerEngineTypes", ["mq-offers"]],
    ["ce", "GetCostAndUsage", ["cost-usage"]],
    ["monitoring", "GetMetricData", ["metrics"]],
  ] satisfies [string, string, SyncSource[]][])(
    "(%s:%s) leaves the others complete, and the page says which figures it touches",
    async (service, operation, touched) => {
      await open({ organisation: bulkOrganisation({ accounts: 1, regions: 1, brokers: 1 }) });
      harness.fault({ kind: "deny", service, operation });
      const { runId, status } = await harness.sync({ leaveOut: [] });
      expect(status).toBe("partial");
      const { outcomes } = await detailOf(runId);
      const incomplete = outcomes.filter((each) => each.status !== "complete" && each.source !== "cost-resources");
      expect(incomplete.map(({ source }) => source).sort()).toEqual([...touched].sort());
      for (const outcome of incomplete) {
        expect(outcome).toMatchObject({ errorCode: "aws-access-denied", wayOut: expect.stringMatching(/policy/) });
      }
      const notice = await freshness();
      expect(notice.incomplete.map(({ source }) => source).sort()).toEqual([...touched].sort());
      expect(notice.incomplete.every(({ affects, wayOut }) => affects.length > 10 && wayOut)).toBe(true);
      const { items } = kpiList.parse(await routes.get("/kpis"));
      for (const kpi of items.filter(({ id }) => id === "supported-versions")) {
        // Nothing of the inventory was ever read: no figure, and a reason. Else the figure, and what is missing beside it.
        const value = kpi.values[0];
        if (operation === "ListBrokers") expect(value).toMatchObject({ value: null, unavailable: expect.any(String) });
        else for (const source of touched) expect(value?.caveats.join()).toContain(SYNC_SOURCES[source].title);
      }
    },
  );

  it("is no defect any more once it was taken out, as the way out says", async () => {
    await open();
    harness.fault({ kind: "deny", service: "mq", region: REGION }, { kind: "deny", service: "ce" });
    await harness.sync({ leaveOut: ["metrics"] });
    const sources = async () => (await freshness()).incomplete.map(({ source }) => source);
    expect(await sources()).toEqual(expect.arrayContaining(["cost-usage", "mq-brokers", "mq-offers"]));
    const patch = { regions: ["eu-west-1"], readCosts: false };
    expect((await routes.call("PATCH", `/api/v1/accounts/${harness.accountId}`, { body: patch })).status).toBe(200);
    expect(await sources()).toEqual([]);
  });

  it("is named although many regions of another one fail, too", async () => {
    await open({ connect: false });
    harness.fault(
      { kind: "deny", service: "mq", operation: "ListBrokers" },
      { kind: "deny", service: "mq", operation: "DescribeBrokerInstanceOptions" },
    );
    await harness.sync({ leaveOut: ["metrics", "cost-usage", "cost-resources"] });
    const { incomplete, incompleteTotal } = await freshness();
    expect(incompleteTotal).toBeGreaterThan(60);
    expect(incomplete).toHaveLength(20);
    expect(new Set(incomplete.map(({ source }) => source))).toEqual(
      new Set(["mq-brokers", "mq-descriptions", "mq-configurations", "mq-offers"]),
    );
  });
});

describe("an endpoint that does not know an operation", () => {
  it.each([
    ["404 and a page", NOT_FOUND_PAGE],
    ["501", { status: 501, body: { message: "API for service 'mq' not yet implemented" } }],
    ["its word for it", { status: 400, headers: { "x-amzn-errortype": "UnknownOperationException" }, body: {} }],
  ])("(%s) leaves brokers as the listing tells them, and declares nobody gone", async (_what, reply) => {
    foreign = await startForeignEndpoint();
    foreign.regions[REGION] = [
      bareBroker(REGION, "one", { engineType: "RabbitMQ", brokerState: "RUNNING" }),
      bareBroker(REGION, "two"),
    ];
    foreign.override = ({ path }) => (path.startsWith("/v1/brokers/") ? reply : undefined);
    await open({ connect: { accountId: FOREIGN_ACCOUNT, regions: [REGION] }, endpointUrl: foreign.url });
    const first = await harness.sync();
    harness.setTime("2026-11-02T06:00:00Z");
    foreign.regions[REGION].pop();
    const second = await harness.sync();
    for (const { runId, status } of [first, second]) {
      expect(status).toBe("partial");
      expect(await ask.outcome(runId, "mq-descriptions")).toMatchObject({
        status: "unsupported",
        message: expect.stringContaining("does not know this operation"),
        wayOut: expect.stringContaining("AWS_ENDPOINT_URL"),
      });
    }
    const { items } = brokerPage.parse(await routes.get("/brokers"));
    expect(items.map(({ name, engine, engineVersion }) => [name, engine, engineVersion])).toEqual([
      ["one", "RABBITMQ", null],
      ["two", "UNKNOWN", null],
    ]);
    expect(await ask.count("finding WHERE broker_id IS NOT NULL")).toBe(0);
  });
});

describe("an account without a single broker", () => {
  it("has pages for everything, and no figure that would read as perfect", async () => {
    const organisation = {
      ...bulkOrganisation({ accounts: 1, regions: 1, brokers: 1 }),
      brokers: [],
      configurations: [],
    };
    await open({ organisation, connect: { accountId: organisation.managementAccountId, regions: [REGION] } });
    const { runId, status } = await harness.sync({ leaveOut: [] });
    expect(status).toBe("complete");
    const refused = await routes.refusals("b-none", runId);
    expect(
      refused.every((line) => /^\/brokers\/b-none\S*: 404 /.test(line)),
      refused.join("\n"),
    ).toBe(true);
    const { items } = kpiList.parse(await routes.get("/kpis"));
    for (const { id, values } of items) {
      for (const { value, unavailable } of values) {
        expect([id, value, unavailable]).toEqual([id, null, expect.any(String)]);
      }
    }
  });
});

describe("two syncs at once", () => {
  it("are one: whoever asks second, by whatever way, is told of the one that runs", async () => {
    await open();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => routes.call("POST", "/api/v1/syncs", { body: {} })),
    );
    const started = answers.map((answer) => syncStarted.parse(answer.json()));
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    expect(started.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(harness.queue.jobs).toHaveLength(1);
  });
});

describe("names and tags that somebody else chose", () => {
  it("come out of every page and file as they went in, and no spreadsheet runs them", async () => {
    foreign = await startForeignEndpoint();
    const names = [
      "=1+1",
      "@SUM(A1)",
      "+49 170",
      "-broker",
      "\ttab",
      '<img src=x onerror="alert(1)">',
      "🦊🐇",
      "x".repeat(256),
      'a"b,c\nd',
    ];
    foreign.regions[REGION] = names.map((name, index) => ({
      ...bareBroker(REGION, `n${index}`, { engineType: "ActiveMQ", engineVersion: "5.18.4", brokerState: "RUNNING" }),
      brokerName: name,
      tags: { [name]: name, owner: name },
    }));
    await open({ connect: { accountId: FOREIGN_ACCOUNT, regions: [REGION] }, endpointUrl: foreign.url });
    const { runId } = await harness.sync();
    const { items } = brokerPage.parse(await routes.get("/brokers?limit=100"));
    expect(items.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const item of items) {
      expect(item.tags).toEqual({ [item.name]: item.name, owner: item.name });
      expect(item.owner?.displayName).toBe(item.name.trim());
    }
    for (const file of ["/brokers/export", "/findings/export"]) {
      const { text } = await routes.call("GET", `/api/v1${file}`);
      const cells = text.split(/\r\n/).flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
      const dangerous = cells.filter((cell) => /^"?[=+\-@\t]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell));
      expect(dangerous, file).toEqual([]);
      expect(text).toContain("'=1+1");
    }
    expect(await routes.refusals(items[0]?.id ?? "", runId)).toEqual([]);
  });
});
