import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fictionalOrganisation } from "@/e2e/aws-simulator/organisation/fictional-organisation";
import { type Simulator, startSimulator } from "@/e2e/aws-simulator/simulator";
import { type Decimal, Decimal as DecimalOf } from "@/lib/domain/money";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { AccountSession, AwsGateway, CostRead, MetricQuery } from "./gateway";
import { POLICY_ACTIONS } from "./policy";
import { testGateway } from "./testing/test-gateway";

const NOW = "2026-11-21T06:00:00Z";
const day = parsePlainDate;

let simulator: Simulator;
let gateway: AwsGateway;

beforeAll(async () => {
  simulator = await startSimulator({
    organisation: fictionalOrganisation({ anchor: "2026-11-21" }),
    asOf: NOW,
    rate: 0,
    throttle: false,
  });
});

beforeEach(() => {
  simulator.control("DELETE", "/faults");
  simulator.control("POST", "/settings", { resourceLevelCosts: false });
  gateway = testGateway(simulator.url);
});

afterAll(async () => {
  gateway.close();
  await simulator.close();
});

/** The fleet's state at NOW in one account and region. */
function truth(accountId: string, region: string) {
  return simulator.fleet
    .state(Date.parse(NOW))
    .filter(({ broker }) => broker.account === accountId && broker.region === region);
}

function account(name: string): { accountId: string; roleArn: string; externalId: string | null } {
  const found = simulator.organisation.accounts.find((candidate) => candidate.name === name);
  const role = found?.roles[0];
  if (!found || !role) throw new Error(`no account ${name}`);
  return {
    accountId: found.id,
    roleArn: `arn:aws:iam::${found.id}:role/${role.name}`,
    externalId: role.externalId ?? null,
  };
}

function management(): AccountSession {
  return gateway.session({ accountId: simulator.organisation.managementAccountId, roleArn: null, externalId: null });
}

function fault(kind: string, more: object = {}): void {
  simulator.control("POST", "/faults", { add: [{ kind, ...more }] });
}

describe("reading an organisation through the wire protocols", () => {
  it("knows who it is", async () => {
    expect(await gateway.ambientIdentity()).toMatchObject({
      status: "complete",
      items: [{ accountId: simulator.organisation.managementAccountId, partition: "aws" }],
    });
  });

  it("assumes the role of another account once, under its session name", async () => {
    const session = gateway.session(account("Payments"));
    const [identity] = (await session.identity()).items;
    expect(identity?.arn).toMatch(/^arn:aws:sts::222233334444:assumed-role\/[\w-]+\/mq-steward$/);
  });

  it("finds and describes every broker of an account and region", async () => {
    const { accountId } = account("Payments");
    const session = gateway.session(account("Payments"));
    const listed = await session.listBrokers("us-east-1");
    const expected = truth(accountId, "us-east-1");
    expect(expected.length).toBeGreaterThan(5);
    expect(listed.status).toBe("complete");
    expect(listed.items.map(({ arn }) => arn)).toEqual(expected.map(({ broker }) => broker.arn).sort());

    const progress: number[] = [];
    const ids = listed.items.map(({ brokerId }) => brokerId);
    const described = await session.describeBrokers("us-east-1", ids, (done) => progress.push(done));
    expect(described.status).toBe("complete");
    expect(described.items.map(({ brokerId }) => brokerId)).toEqual(ids);
    expect(progress).toEqual(ids.map((_, index) => index + 1));
    for (const item of described.items) {
      const known = expected.find(({ broker }) => broker.id === item.brokerId);
      if (item.kind !== "described" || !known) throw new Error("a broker is missing");
      expect(item.attributes).toMatchObject({
        name: known.broker.name,
        engine: known.broker.engine.toUpperCase(),
        engineVersion: known.attributes.engineVersion,
        deploymentMode: known.broker.deploymentMode,
        instanceType: known.attributes.hostInstanceType,
        tags: known.attributes.tags,
        state: known.attributes.state,
        storageSizeGb: known.attributes.storageSize ?? null,
      });
      expect(item.payloadHash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("gives the same payload hash for a broker that did not change", async () => {
    const [state] = truth(account("Payments").accountId, "us-east-1");
    const session = gateway.session(account("Payments"));
    const once = await session.describeBrokers("us-east-1", [state?.broker.id ?? ""]);
    const again = await session.describeBrokers("us-east-1", [state?.broker.id ?? ""]);
    expect(once.items).toEqual(again.items);
  });

  it("reads configuration revisions as text", async () => {
    const { accountId } = account("Payments");
    const configuration = simulator.organisation.configurations.find(
      (candidate) => candidate.account === accountId && candidate.engine === "ActiveMQ",
    );
    const [first] = configuration?.revisions ?? [];
    if (!configuration || !first) throw new Error("the organisation has no configuration");
    const read = await gateway
      .session(account("Payments"))
      .configurationRevisions(configuration.region, [{ id: configuration.id, revision: first.revision }]);
    expect(read.items).toEqual([
      {
        configurationId: configuration.id,
        revision: first.revision,
        createdAt: new Date(first.createdAt),
        description: first.description || null,
        data: first.data,
      },
    ]);
  });

  it("reads what is offered", async () => {
    const offers = await management().offers("eu-west-1");
    expect(offers.status).toBe("complete");
    expect(offers.items).toContainEqual({ kind: "engine-version", engine: "RABBITMQ", version: "4.2" });
    expect(
      offers.items.some((offer) => offer.kind === "instance-option" && offer.instanceType === "mq.m7g.large"),
    ).toBe(true);
  });

  it("lists the organisation and knows its management account", async () => {
    const accounts = await management().organizationAccounts();
    expect(accounts.items.map(({ accountId }) => accountId)).toEqual(
      simulator.organisation.accounts.map(({ id }) => id).sort(),
    );
    expect(accounts.items.filter(({ isManagement }) => isManagement).map(({ accountId }) => accountId)).toEqual([
      simulator.organisation.managementAccountId,
    ]);
  });
});

describe("reading costs", () => {
  const total = (costs: readonly CostRead[]): Decimal =>
    costs.reduce((sum, { unblended }) => sum.plus(unblended), new DecimalOf(0));

  it("keeps use apart from tax and credits, over all pages, and counts each request it pays for", async () => {
    const session = management();
    const costs = await session.costUsage(day("2025-10-01"), day("2025-11-01"));
    expect(costs.status).toBe("complete");
    expect([...new Set(costs.items.map(({ recordType }) => recordType))].sort()).toEqual(["Credit", "Tax", "Usage"]);
    expect(total(costs.items.filter(({ recordType }) => recordType === "Credit")).isNegative()).toBe(true);
    expect(costs.items.every((cost) => cost.recordType === "Usage" || cost.usageType === "NoUsageType")).toBe(true);
    expect(new Set(costs.items.map(({ accountId }) => accountId)).size).toBeGreaterThan(3);
    const { requests, billableUnits } = session.counts().ce ?? { requests: 0, billableUnits: 0 };
    expect(requests).toBeGreaterThan(2);
    expect(billableUnits).toBe(requests);
  });

  it("counts a day once, however long the period that is asked for", async () => {
    const session = management();
    const october = await session.costUsage(day("2026-10-01"), day("2026-11-01"));
    const longer = await session.costUsage(day("2026-09-01"), day("2026-11-01"));
    const again = longer.items.filter((cost) => cost.day >= "2026-10-01");
    expect(total(again).toString()).toBe(total(october.items).toString());
  });

  it("says that costs by resource are not switched on, and reads them where they are", async () => {
    const session = management();
    const off = await session.costResources(day("2026-11-07"), day("2026-11-21"));
    expect(off).toMatchObject({ status: "unsupported", errorCode: "aws-operation-unsupported", items: [] });
    simulator.control("POST", "/settings", { resourceLevelCosts: true });
    const on = await session.costResources(day("2026-10-01"), day("2026-11-21"));
    expect(on.status).toBe("complete");
    expect(on.items.length).toBeGreaterThan(10);
    expect(on.items.every((cost) => cost.resourceId.startsWith("arn:aws:mq:") && cost.day >= "2026-11-07")).toBe(true);
    expect(new Set(on.items.map(({ accountId }) => accountId))).toEqual(new Set([session.access.accountId]));
  });

  it("goes on with the likely service name where its name may not be asked", async () => {
    fault("deny", { service: "ce", operation: "GetDimensionValues" });
    const costs = await management().costUsage(day("2026-11-01"), day("2026-11-15"));
    expect(costs.status).toBe("complete");
    expect(costs.items.length).toBeGreaterThan(0);
  });

  it("gives no half days when a later page fails", async () => {
    fault("truncate", { service: "ce", operation: "GetCostAndUsage", afterPages: 1 });
    const costs = await management().costUsage(day("2026-01-01"), day("2026-11-01"));
    expect(costs).toMatchObject({ status: "failed", items: [] });
  });
});

describe("reading metrics", () => {
  it("reads daily series of both engines, and an empty one where a broker has none", async () => {
    const { accountId } = account("Payments");
    const states = truth(accountId, "us-east-1");
    // Instance types past their end have no metrics any more.
    const rabbit = states.find(
      ({ broker, attributes }) => broker.engine === "RabbitMQ" && attributes.hostInstanceType !== "mq.t3.micro",
    )?.broker;
    const active = states.find(({ broker }) => broker.engine === "ActiveMQ")?.broker;
    if (!rabbit || !active) throw new Error("the account has not both engines");
    const query = (brokerArn: string, metric: string, broker: string): MetricQuery => ({
      brokerArn,
      metric,
      stat: "Average",
      dimensions: { Broker: broker },
    });
    const queries = [
      query(active.arn, "CpuUtilization", `${active.name}-1`),
      query(rabbit.arn, "SystemCpuUtilization", rabbit.name),
      query("arn:none", "CpuUtilization", "no-such-broker-1"),
    ];
    const session = gateway.session(account("Payments"));
    const read = await session.metrics(
      "us-east-1",
      queries,
      new Date("2026-11-10T00:00:00Z"),
      new Date("2026-11-20T00:00:00Z"),
      86_400,
    );
    expect(read.status).toBe("complete");
    expect(read.items.map(({ query: asked, points }) => [asked.metric, points.length])).toEqual([
      ["CpuUtilization", 10],
      ["SystemCpuUtilization", 10],
      ["CpuUtilization", 0],
    ]);
    const instants = read.items[0]?.points.map(({ at }) => at.toISOString()) ?? [];
    expect(instants).toEqual([...instants].sort());
    expect(instants[0]).toBe("2026-11-10T00:00:00.000Z");
    expect(session.counts().cloudwatch).toMatchObject({ requests: 1, billableUnits: 3 });
  });
});

describe("checking access", () => {
  it("tries every action of the policy and finds all allowed", async () => {
    simulator.control("POST", "/settings", { resourceLevelCosts: true });
    const checks = await gateway.session(account("Payments")).checkAccess("us-east-1");
    expect(checks.map(({ action }) => action)).toEqual(POLICY_ACTIONS.map(({ action }) => action));
    expect(checks.filter(({ allowed }) => !allowed)).toEqual([
      { action: "organizations:ListAccounts", allowed: null, message: expect.stringContaining("Not needed here") },
    ]);
  });

  it("names the one action that is denied", async () => {
    fault("deny", { service: "mq", operation: "DescribeBroker" });
    const checks = await management().checkAccess("us-east-1");
    expect(checks.filter(({ allowed }) => allowed === false).map(({ action }) => action)).toEqual([
      "mq:DescribeBroker",
    ]);
  });

  it("asks nothing more when the role cannot be assumed", async () => {
    const session = gateway.session({ ...account("Payments"), externalId: "wrong" });
    const checks = await session.checkAccess("us-east-1");
    expect(checks.find(({ action }) => action === "sts:AssumeRole")?.allowed).toBe(false);
    expect(checks.find(({ action }) => action === "mq:ListBrokers")).toMatchObject({ allowed: null });
    expect(session.counts().mq).toBeUndefined();
  });
});
