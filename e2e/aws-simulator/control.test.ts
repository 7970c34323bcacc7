import { DescribeBrokerCommand, ListBrokersCommand, paginateListBrokers } from "@aws-sdk/client-mq";
import { DescribeOrganizationCommand, ListAccountsCommand, ListRootsCommand } from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { payments, platform, staging, stewardExternalId, stewardRoleName } from "./organisation/accounts";
import { fictionalOrganisation } from "./organisation/fictional-organisation";
import { rejection, sdkClients } from "./sdk-clients";
import { type Simulator, startSimulator } from "./simulator";
import { accessKeyFor } from "./wire/signature";

const anchor = "2026-11-20";
const asOf = `${anchor}T12:00:00.000Z`;
const organisation = fictionalOrganisation({ anchor });
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ organisation, asOf, rate: 0, throttle: false });
});
afterEach(() => simulator.close());

function mq(account = payments, region = "us-east-1", maxAttempts = 1) {
  return sdkClients(simulator.url, { account, region, maxAttempts }).mq;
}

async function http(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${simulator.url}/_control${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe("accounts and roles", () => {
  it("takes ambient credentials for the management account's and session keys for their own account's", async () => {
    const { sts } = sdkClients(simulator.url);
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(platform);
    const { Credentials, AssumedRoleUser } = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${staging}:role/${stewardRoleName}`, RoleSessionName: "sync" }),
    );
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${staging}:assumed-role/${stewardRoleName}/sync`);
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now() + 50 * 60_000);
    const assumed = new STSClient({
      endpoint: simulator.url,
      region: "eu-west-1",
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken,
      },
    });
    expect(await assumed.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: staging,
      Arn: AssumedRoleUser?.Arn,
    });
  });

  it("demands the external id where the trust policy does, and denies what does not exist, in the same words", async () => {
    const { sts } = sdkClients(simulator.url);
    const assume = (account: string, role: string, ExternalId?: string) =>
      sts.send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: "sync", ExternalId }),
      );
    await assume(payments, stewardRoleName, stewardExternalId);
    for (const attempt of [
      assume(payments, stewardRoleName),
      assume(payments, stewardRoleName, "wrong"),
      assume(staging, "Nobody"),
      assume("999988887777", stewardRoleName),
    ]) {
      expect(await rejection(attempt)).toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    }
  });

  it("lists the organisation's accounts page by page to the management account only", async () => {
    const { organizations } = sdkClients(simulator.url);
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await organizations.send(new ListAccountsCommand({ MaxResults: 2, NextToken }));
      names.push(...(page.Accounts ?? []).map((account) => `${account.Name} ${account.Status}`));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(names).toEqual([
      "Platform ACTIVE",
      "Payments ACTIVE",
      "Logistics ACTIVE",
      "Staging ACTIVE",
      "Sandbox ACTIVE",
      "Old Acquisition SUSPENDED",
    ]);
    expect((await organizations.send(new DescribeOrganizationCommand({}))).Organization?.MasterAccountId).toBe(
      platform,
    );
    const member = sdkClients(simulator.url, { account: payments }).organizations;
    expect((await rejection(member.send(new ListAccountsCommand({})))).name).toBe("AccessDeniedException");
    expect((await rejection(organizations.send(new ListRootsCommand({})))).name).toBe("UnknownOperationException");
  });

  it("does not accept keys of accounts that do not exist or are closed", async () => {
    for (const account of ["999988887777", "666677778888"]) {
      expect((await rejection(mq(account).send(new ListBrokersCommand({})))).name).toBe("UnrecognizedClientException");
    }
  });
});

describe("faults", () => {
  const add = (...faults: object[]) => simulator.control("POST", "/faults", { add: faults });

  it.each([
    ["deny", "AccessDeniedException", 403],
    ["throttle", "ThrottlingException", 429],
    ["error5xx", "InternalServerErrorException", 500],
    ["not-found", "NotFoundException", 404],
    ["unknown-operation", "UnknownOperationException", 404],
    ["region-disabled", "UnrecognizedClientException", 403],
    ["expired-token", "ExpiredTokenException", 403],
  ])("%s is what the SDK calls %s", async (kind, name, status) => {
    add({ kind, service: "mq", operation: "ListBrokers" });
    expect(await rejection(mq().send(new ListBrokersCommand({})))).toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
  });

  it("reaches query and JSON services in their own words", async () => {
    add({ kind: "deny", service: "sts" }, { kind: "expired-token", service: "organizations" });
    const { sts, organizations } = sdkClients(simulator.url);
    expect((await rejection(sts.send(new GetCallerIdentityCommand({})))).name).toBe("AccessDenied");
    expect((await rejection(organizations.send(new DescribeOrganizationCommand({})))).name).toBe(
      "ExpiredTokenException",
    );
  });

  it("strikes only the account, region and operation it names", async () => {
    add({ kind: "deny", account: payments, region: "us-east-1", operation: "ListBrokers" });
    await mq(payments, "eu-west-1").send(new ListBrokersCommand({}));
    await mq(staging).send(new ListBrokersCommand({}));
    expect((await rejection(mq().send(new ListBrokersCommand({})))).name).toBe("AccessDeniedException");
  });

  it("truncates a listing after the pages it lets through", async () => {
    add({ kind: "truncate", operation: "ListBrokers", afterPages: 2 });
    let pages = 0;
    const error = await rejection(
      (async () => {
        for await (const page of paginateListBrokers({ client: mq(), pageSize: 2 }, {}))
          pages += page.BrokerSummaries ? 1 : 0;
      })(),
    );
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(pages).toBe(2);
  });

  it("wears off after its times, so that a retry gets through", async () => {
    add({ kind: "error5xx", operation: "ListBrokers", times: 1 });
    const answer = await mq(payments, "us-east-1", 3).send(new ListBrokersCommand({}));
    expect(answer.$metadata.attempts).toBe(2);
  });

  it("cuts connections, sends half a body, and hangs until the client gives up", async () => {
    add({ kind: "malformed", operation: "ListBrokers", times: 1 });
    expect((await rejection(mq().send(new ListBrokersCommand({})))).name).toBe("SyntaxError");
    add({ kind: "cut", operation: "ListBrokers", times: 1 });
    await rejection(mq().send(new ListBrokersCommand({})));
    add({ kind: "hang", operation: "ListBrokers", times: 1 });
    const error = await rejection(mq().send(new ListBrokersCommand({}), { abortSignal: AbortSignal.timeout(200) }));
    expect(error.name).toMatch(/Abort|Timeout/);
    await mq().send(new ListBrokersCommand({}));
  });

  it("takes faults by probability from a fixed sequence, and lists and removes them by id", async () => {
    add({ id: "half", kind: "deny", operation: "ListBrokers", probability: 0.5 });
    const outcomes: boolean[] = [];
    for (let index = 0; index < 40; index += 1) {
      outcomes.push(
        await mq()
          .send(new ListBrokersCommand({}))
          .then(
            () => true,
            () => false,
          ),
      );
    }
    const failed = outcomes.filter((ok) => !ok).length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(32);
    expect(simulator.control("GET", "/faults")).toMatchObject({ faults: [{ id: "half", hits: failed }] });
    simulator.control("DELETE", "/faults", { ids: ["half"] });
    await mq().send(new ListBrokersCommand({}));
  });
});

describe("throttling", () => {
  // At this rate the simulated clock practically stands still, and limits with it.
  const still = 0.000_001;
  // Hundreds of requests: without the SDK, which opens connections of its own per client.
  const shot = async (account: string, region: string) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyFor(account, "AKIA")}/20261120/${region}/mq/aws4_request, SignedHeaders=host, Signature=0`;
    const response = await fetch(`${simulator.url}/v1/brokers?maxResults=1`, { headers: { authorization } });
    await response.arrayBuffer();
    return response.headers.get("x-amzn-errortype") ?? "ok";
  };
  const shots = async (count: number, account = payments) => {
    const regions = ["us-east-1", "eu-west-1", "eu-central-1"];
    const outcomes = await Promise.all(
      Array.from({ length: count }, (_, index) => shot(account, regions[index % 3] ?? "us-east-1")),
    );
    return { ok: outcomes.filter((outcome) => outcome === "ok").length, names: new Set(outcomes) };
  };

  it("lets a burst of 100 through, then 15 a second of simulated time, per account over all regions", async () => {
    simulator.control("POST", "/settings", { throttle: true });
    simulator.setClock({ asOf, rate: still });
    expect(await shots(110)).toEqual({ ok: 100, names: new Set(["ok", "ThrottlingException"]) });
    expect((await shots(1, staging)).ok).toBe(1);
    simulator.setClock({ asOf: `${anchor}T12:00:02.000Z`, rate: still });
    expect((await shots(40)).ok).toBe(30);
    expect(simulator.control("GET", "/journal")).toMatchObject({ throttled: 20 });
  });

  it("is full again when the clock has moved by a day, forward or back", async () => {
    simulator.control("POST", "/settings", { throttle: true });
    for (const day of ["2026-11-20", "2026-11-21", "2026-11-18"]) {
      simulator.setClock({ asOf: `${day}T12:00:00Z`, rate: still });
      expect((await shots(101)).ok).toBe(100);
    }
  });

  it("limits a stopped clock on the wall clock, so that nobody waits for ever", async () => {
    simulator.control("POST", "/settings", { throttle: true });
    await shots(115);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await shot(payments, "us-east-1")).toBe("ok");
  });
});

describe("the control address", () => {
  it("answers health and moves the clock at the rate asked for", async () => {
    expect(await http("GET", "/health")).toMatchObject({ status: 200, body: { status: "ok", anchor } });
    await http("POST", "/clock", { asOf: "2026-01-01T00:00:00Z", rate: 3600 });
    await new Promise((resolve) => setTimeout(resolve, 120));
    const { body } = await http("GET", "/clock");
    const now = typeof body === "object" && body !== null && "now" in body ? Date.parse(String(body.now)) : 0;
    expect(now - Date.parse("2026-01-01T00:00:00Z")).toBeGreaterThan(300_000);
    expect(await http("POST", "/clock", { asOf: null })).toMatchObject({ body: { asOf: null } });
  });

  it("says what is wrong with what it is told", async () => {
    expect((await http("POST", "/clock", { asOf: "yesterday" })).status).toBe(400);
    expect((await http("POST", "/faults", { add: [{ kind: "explode" }] })).status).toBe(400);
    expect((await http("POST", "/mutate", { broker: "no-such", delete: true })).status).toBe(400);
    expect((await http("GET", "/nothing")).status).toBe(404);
  });

  it("changes brokers, and takes it all back", async () => {
    const describeBroker = async (name: string) => mq().send(new DescribeBrokerCommand({ BrokerId: name }));
    await http("POST", "/mutate", {
      broker: "ledger-events",
      set: { engineVersion: "5.17.6", autoMinorVersionUpgrade: false, pendingEngineVersion: "5.18" },
    });
    await http("POST", "/mutate", { broker: "ledger-events", tags: { Owner: null, extra: "1" } });
    const changed = await describeBroker("ledger-events");
    expect(changed).toMatchObject({
      EngineVersion: "5.17.6",
      AutoMinorVersionUpgrade: false,
      PendingEngineVersion: "5.18",
    });
    expect(changed.Tags).toEqual({ Environment: "prod", CostCenter: "4100", extra: "1" });
    await http("POST", "/mutate", { broker: "ledger-events", configuration: { data: "<broker/>" } });
    expect((await describeBroker("ledger-events")).Configurations?.Current?.Revision).toBe(2);
    await http("POST", "/mutate", {
      add: { like: "ledger-events", name: "brand-new", set: { engineVersion: "5.19.10" } },
    });
    expect((await describeBroker("brand-new")).EngineVersion).toBe("5.19.10");
    await http("POST", "/mutate", { broker: "brand-new", delete: true });
    expect((await rejection(describeBroker("brand-new"))).name).toBe("NotFoundException");
    await http("POST", "/mutate", { reset: true });
    expect((await describeBroker("ledger-events")).EngineVersion).toBe("5.19.10");
  });

  it("holds a mutation against what the timeline says later, but not before its time", async () => {
    simulator.setClock({ asOf: "2026-06-01T12:00:00Z", rate: 0 });
    await http("POST", "/mutate", { broker: "pay-gateway-prod", set: { engineVersion: "3.13.7" } });
    const version = async (day: string) => {
      simulator.setClock({ asOf: `${day}T12:00:00Z`, rate: 0 });
      return (await mq().send(new DescribeBrokerCommand({ BrokerId: "pay-gateway-prod" }))).EngineVersion;
    };
    expect(await version("2026-11-20")).toBe("3.13.7");
    await http("POST", "/mutate", { reset: true });
    expect(await version("2026-11-20")).toBe("4.3.5");
  });

  it("gives the ground truth of any instant", async () => {
    const { body } = await http("GET", "/state?at=2026-11-20T12:00:00Z");
    expect(body).toMatchObject({ managementAccountId: platform });
    const brokers =
      typeof body === "object" && body !== null && "brokers" in body && Array.isArray(body.brokers) ? body.brokers : [];
    expect(brokers).toHaveLength(simulator.fleet.state(Date.parse(asOf)).length);
  });

  it("counts requests by account, service, operation and status, and forgets them on demand", async () => {
    await mq().send(new ListBrokersCommand({}));
    await rejection(mq().send(new DescribeBrokerCommand({ BrokerId: "none" })));
    expect(simulator.control("GET", "/journal")).toMatchObject({
      total: 2,
      byService: { mq: 2 },
      byAccount: { [payments]: 2 },
      entries: [
        { operation: "DescribeBroker", status: 404, count: 1 },
        { operation: "ListBrokers", status: 200, count: 1 },
      ],
    });
    expect((await http("DELETE", "/journal")).body).toMatchObject({ total: 0 });
  });

  it("waits as long as it is told before each answer", async () => {
    simulator.control("POST", "/settings", { latencyMs: 120 });
    const started = performance.now();
    await mq().send(new ListBrokersCommand({}));
    expect(performance.now() - started).toBeGreaterThan(115);
  });
});
