import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bulkOrganisation } from "@/e2e/aws-simulator/organisation/bulk-organisation";
import { fictionalOrganisation } from "@/e2e/aws-simulator/organisation/fictional-organisation";
import { type Simulator, startSimulator } from "@/e2e/aws-simulator/simulator";
import type { AccountSession, AwsGateway } from "./gateway";
import { testGateway } from "./testing/test-gateway";

let simulator: Simulator;
let gateway: AwsGateway;
let session: AccountSession;

beforeAll(async () => {
  simulator = await startSimulator({
    organisation: fictionalOrganisation({ anchor: "2026-11-21" }),
    asOf: "2026-11-21T06:00:00Z",
    rate: 0,
    throttle: false,
  });
});

beforeEach(() => {
  simulator.control("DELETE", "/faults");
  gateway?.close();
  use(testGateway(simulator.url));
});

/** Only tests of a hang have a short deadline: on a busy machine an honest answer may take a second. */
function losePatienceSoon(): void {
  gateway.close();
  use(testGateway(simulator.url, { http: { requestTimeoutMs: 1_000 } }));
}

function use(next: AwsGateway): void {
  gateway = next;
  session = next.session({ accountId: simulator.organisation.managementAccountId, roleArn: null, externalId: null });
}

afterAll(async () => {
  gateway.close();
  await simulator.close();
});

function fault(kind: string, more: object = {}): void {
  simulator.control("POST", "/faults", { add: [{ kind, service: "mq", ...more }] });
}

const REGION = "us-east-1";

describe("what a fault of the whole listing comes to", () => {
  it.each([
    ["deny", "denied", "aws-access-denied"],
    ["expired-token", "denied", "aws-credentials"],
    ["region-disabled", "region-off", "aws-region-disabled"],
    ["unknown-operation", "unsupported", "aws-operation-unsupported"],
    ["throttle", "failed", "aws-throttled"],
    ["error5xx", "failed", "aws-server-error"],
    ["hang", "failed", "aws-timeout"],
    ["cut", "failed", "aws-unreachable"],
    ["malformed", "failed", "aws-invalid-response"],
  ])("%s: %s / %s, with words and a way out", async (kind, status, errorCode) => {
    if (kind === "hang") losePatienceSoon();
    fault(kind, { operation: "ListBrokers" });
    const listed = await session.listBrokers(REGION);
    expect(listed).toMatchObject({ status, errorCode, items: [] });
    expect(listed.message).toBeTruthy();
    expect(listed.wayOut).toBeTruthy();
  });

  it("leaves other regions, services and accounts alone", async () => {
    fault("deny", { region: REGION });
    expect((await session.listBrokers(REGION)).status).toBe("denied");
    expect((await session.listBrokers("eu-west-1")).status).toBe("complete");
    expect((await session.organizationAccounts()).status).toBe("complete");
  });

  it("reads an opt-in region that is off as off, because STS knows the credentials", async () => {
    expect(await session.listBrokers("me-south-1")).toMatchObject({ status: "region-off" });
  });

  it("reads unknown credentials as denied, because STS does not know them either", async () => {
    simulator.control("POST", "/faults", { add: [{ kind: "region-disabled", service: "mq" }] });
    simulator.control("POST", "/faults", { add: [{ kind: "expired-token", service: "sts" }] });
    expect(await session.listBrokers(REGION)).toMatchObject({ status: "denied", errorCode: "aws-credentials" });
  });
});

describe("what a passing fault comes to", () => {
  it.each(["throttle", "error5xx", "cut", "malformed", "hang"])("%s once: nothing but a retry", async (kind) => {
    if (kind === "hang") losePatienceSoon();
    fault(kind, { operation: "ListBrokers", times: 1 });
    expect((await session.listBrokers(REGION)).status).toBe("complete");
    expect(session.counts().mq).toMatchObject({ retries: 1, throttled: kind === "throttle" ? 1 : 0 });
  });
});

describe("a listing that was cut", () => {
  it("is partial with what arrived before", async () => {
    const bulk = await startSimulator({
      organisation: bulkOrganisation({ accounts: 1, regions: 1, brokers: 250 }),
      asOf: "2026-11-21T06:00:00Z",
      rate: 0,
      throttle: false,
    });
    const own = testGateway(bulk.url, { credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" } });
    try {
      const bulkSession = own.session({
        accountId: bulk.organisation.managementAccountId,
        roleArn: null,
        externalId: null,
      });
      expect((await bulkSession.listBrokers(REGION)).items).toHaveLength(250);
      bulk.control("POST", "/faults", { add: [{ kind: "truncate", operation: "ListBrokers", afterPages: 1 }] });
      const cut = await bulkSession.listBrokers(REGION);
      expect(cut.status).toBe("partial");
      expect(cut.items).toHaveLength(100);
      expect(cut.errorCode).toBe("aws-server-error");
    } finally {
      own.close();
      await bulk.close();
    }
  });
});

describe("descriptions on a bad day", () => {
  it("calls a broker that AWS does not know gone, which is no failure", async () => {
    const none = "b-00000000-0000-0000-0000-000000000000";
    expect(await session.describeBrokers(REGION, [none])).toMatchObject({
      status: "complete",
      items: [{ kind: "gone", brokerId: none }],
    });
  });

  it("keeps what was described and names what was not", async () => {
    const { items } = await session.listBrokers(REGION);
    const ids = items.map(({ brokerId }) => brokerId);
    fault("deny", { operation: "DescribeBroker", times: 2 });
    const described = await session.describeBrokers(REGION, ids);
    expect(described.status).toBe("partial");
    expect(described.items).toHaveLength(ids.length - 2);
    expect(described.failures).toHaveLength(2);
    expect(described.failures[0]).toMatchObject({ errorCode: "aws-access-denied", item: expect.stringMatching(/^b-/) });
    expect(described.errorCode).toBe("aws-access-denied");
  });

  it("takes the status of the failure when nothing was described", async () => {
    const ids = (await session.listBrokers(REGION)).items.map(({ brokerId }) => brokerId);
    fault("deny", { operation: "DescribeBroker" });
    expect(await session.describeBrokers(REGION, ids)).toMatchObject({ status: "denied", items: [] });
  });

  it("does not ask a dead endpoint for each of 200 brokers", async () => {
    fault("error5xx", { operation: "DescribeBroker" });
    const ids = Array.from({ length: 200 }, (_, index) => `b-${index}`);
    const described = await session.describeBrokers(REGION, ids);
    expect(described).toMatchObject({ status: "failed", errorCode: "aws-server-error" });
    expect(described.failures).toHaveLength(200);
    expect(session.counts().mq?.requests).toBeLessThan(150);
  });

  it("does not try a dead endpoint anew with the next slice of brokers, but does in the next session", async () => {
    fault("error5xx", { operation: "DescribeBroker" });
    const ids = Array.from({ length: 50 }, (_, index) => `b-${index}`);
    await session.describeBrokers(REGION, ids);
    const before = session.counts().mq?.requests;
    expect(await session.describeBrokers(REGION, ids)).toMatchObject({
      status: "failed",
      errorCode: "aws-server-error",
    });
    expect(session.counts().mq?.requests).toBe(before);
    simulator.control("DELETE", "/faults");
    const next = gateway.session(session.access);
    expect((await next.describeBrokers(REGION, ids)).status).toBe("complete");
  });

  it("stops at once when the credentials have expired", async () => {
    fault("expired-token", { operation: "DescribeBroker" });
    const ids = Array.from({ length: 200 }, (_, index) => `b-${index}`);
    expect(await session.describeBrokers(REGION, ids)).toMatchObject({
      status: "denied",
      errorCode: "aws-credentials",
    });
    expect(session.counts().mq?.requests).toBeLessThan(40);
  });

  it("goes on in one account while another hangs", async () => {
    const other = simulator.organisation.accounts.find(({ name }) => name === "Payments");
    const role = other?.roles[0];
    if (!other || !role) throw new Error("no other account");
    fault("hang", { account: other.id });
    const impatient = testGateway(simulator.url, { http: { requestTimeoutMs: 500 } });
    const hanging = impatient.session({
      accountId: other.id,
      roleArn: `arn:aws:iam::${other.id}:role/${role.name}`,
      externalId: role.externalId ?? null,
    });
    const slow = hanging.listBrokers(REGION);
    const fast = await session.listBrokers(REGION);
    expect(fast.status).toBe("complete");
    expect(await slow).toMatchObject({ status: "failed", errorCode: "aws-timeout" });
    impatient.close();
  });
});

describe("other sources on a bad day", () => {
  it("gives one half of the offer and names the operation that the endpoint does not know", async () => {
    fault("unknown-operation", { operation: "DescribeBrokerInstanceOptions" });
    const offers = await session.offers(REGION);
    expect(offers).toMatchObject({
      status: "partial",
      failures: [{ item: "DescribeBrokerInstanceOptions", errorCode: "aws-operation-unsupported" }],
    });
    expect(offers.items.every(({ kind }) => kind === "engine-version")).toBe(true);
  });

  it("asks CloudWatch no further once it has denied", async () => {
    simulator.control("POST", "/faults", { add: [{ kind: "deny", service: "monitoring" }] });
    const queries = Array.from({ length: 1_200 }, (_, index) => ({
      brokerArn: `arn:${index}`,
      metric: "CpuUtilization",
      stat: "Average" as const,
      dimensions: { Broker: `b-${index}-1` },
    }));
    const [from, to] = [new Date("2026-11-01T00:00:00Z"), new Date("2026-11-20T00:00:00Z")];
    const read = await session.metrics(REGION, queries, from, to, 86_400);
    expect(read).toMatchObject({ status: "denied", items: [] });
    expect(read.failures).toHaveLength(1_200);
    expect(session.counts().cloudwatch?.requests).toBeLessThanOrEqual(2);
  });

  it("says that a wrong external id keeps the role closed", async () => {
    const other = simulator.organisation.accounts.find(({ name }) => name === "Payments");
    const refused = gateway.session({
      accountId: other?.id ?? "",
      roleArn: `arn:aws:iam::${other?.id}:role/${other?.roles[0]?.name}`,
      externalId: "wrong",
    });
    expect(await refused.identity()).toMatchObject({ status: "denied", errorCode: "aws-assume-role-failed" });
    expect(await refused.listBrokers(REGION)).toMatchObject({ status: "denied", errorCode: "aws-assume-role-failed" });
  });

  it("says so when nothing listens", async () => {
    const nowhere = testGateway("http://127.0.0.1:9", {});
    const lost = nowhere.session({ accountId: "111122223333", roleArn: null, externalId: null });
    expect(await lost.listBrokers(REGION)).toMatchObject({ status: "failed", errorCode: "aws-unreachable" });
    expect(await lost.identity()).toMatchObject({ status: "failed", errorCode: "aws-unreachable" });
    nowhere.close();
  });
});
