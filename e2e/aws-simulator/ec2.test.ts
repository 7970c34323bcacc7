import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AwsGateway } from "@/lib/aws/gateway";
import { testGateway } from "@/lib/aws/testing/test-gateway";
import { bulkOrganisation } from "./organisation/bulk-organisation";
import { openGroupId, ordinaryGroupId, securityGroupsOf, subnetsOf } from "./organisation/network";
import { type Simulator, startSimulator } from "./simulator";

const region = "us-east-1";
let simulator: Simulator;
let gateway: AwsGateway;
let account: string;

beforeAll(async () => {
  const organisation = bulkOrganisation({ accounts: 1, regions: 1, brokers: 30 });
  account = organisation.managementAccountId;
  simulator = await startSimulator({ organisation, asOf: "2026-11-01T06:00:00Z", rate: 0, throttle: false });
  gateway = testGateway(simulator.url, { credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" } });
});
afterEach(() => simulator.control("DELETE", "/faults"));
afterAll(async () => {
  gateway.close();
  await simulator.close();
});

const read = (subnetIds: readonly string[], securityGroupIds: readonly string[]) =>
  gateway
    .session({ accountId: account, roleArn: null, externalId: null })
    .network(region, { subnetIds, securityGroupIds });
const fault = (more: object) => simulator.control("POST", "/faults", { add: [{ service: "ec2", ...more }] });

describe("the networks of the simulated accounts, read as the product reads them", () => {
  it("tells the zone of every subnet that a broker names, a different one for each subnet of a broker", async () => {
    const brokers = simulator.fleet.brokersOf(account, region, Date.parse("2026-11-01T06:00:00Z"));
    const wanted = [...new Set(brokers.flatMap((broker) => broker.subnetIds))];
    const { status, items } = await read(wanted, []);
    expect(status).toBe("complete");
    expect(items.map(({ id }) => id).sort()).toEqual([...wanted].sort());
    const zones = new Map(items.map((item) => [item.id, "zoneId" in item ? item.zoneId : null]));
    for (const { subnetIds } of brokers) {
      expect(new Set(subnetIds.map((id) => zones.get(id))).size).toBe(subnetIds.length);
    }
    expect([...zones.values()]).toEqual(expect.arrayContaining([expect.stringMatching(/^use1-az\d$/)]));
  });

  it("tells who may come in: only private networks by the ordinary group, everybody by the old one", async () => {
    const { items } = await read([], [ordinaryGroupId(account, region), openGroupId(account, region)]);
    const cidrs = (id: string) =>
      items.flatMap((item) => ("ingress" in item && item.id === id ? item.ingress.flatMap((way) => way.cidrs) : []));
    expect(cidrs(ordinaryGroupId(account, region))).not.toContain("0.0.0.0/0");
    expect(cidrs(openGroupId(account, region))).toEqual(expect.arrayContaining(["0.0.0.0/0", "::/0"]));
  });

  it("leaves out what does not exist any more, and is complete all the same", async () => {
    const { status, items } = await read(["subnet-gone"], [ordinaryGroupId(account, region), "sg-gone"]);
    expect(status).toBe("complete");
    expect(items.map(({ id }) => id)).toEqual([ordinaryGroupId(account, region)]);
  });

  it("gives a page and a token for the next one where a small page is asked for", async () => {
    const { items, nextToken } = await pageOfFive();
    expect(items).toBe(5);
    expect(nextToken).not.toBe("");
  });

  it("keeps the subnets when security groups are denied, and says which operation was", async () => {
    fault({ operation: "DescribeSecurityGroups", kind: "deny" });
    const subnet = subnetsOf(account, region)[0]?.id ?? "";
    const result = await read([subnet], [ordinaryGroupId(account, region)]);
    expect(result).toMatchObject({ status: "partial", errorCode: "aws-access-denied" });
    expect(result.items.map(({ id }) => id)).toEqual([subnet]);
    expect(result.failures.map(({ item }) => item)).toEqual(["DescribeSecurityGroups"]);
    expect(result.message).toContain("Amazon EC2 in us-east-1");
  });

  it.each([
    ["unknown-operation", "unsupported", "aws-operation-unsupported"],
    ["deny", "denied", "aws-access-denied"],
    ["error5xx", "failed", "aws-server-error"],
    ["throttle", "failed", "aws-throttled"],
    ["malformed", "failed", "aws-invalid-response"],
    ["expired-token", "denied", "aws-credentials"],
    ["region-disabled", "region-off", "aws-region-disabled"],
  ])("reports %s as %s", async (kind, status, errorCode) => {
    fault({ kind });
    const { id = "" } = securityGroupsOf(account, region)[0] ?? {};
    expect(await read(["subnet-x"], [id])).toMatchObject({ status, errorCode, items: [] });
  });
});

/** The first page of five subnets, asked for as a client with a small page would. */
async function pageOfFive(): Promise<{ items: number; nextToken: string }> {
  const response = await fetch(simulator.url, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=AKIATEST/20261101/${region}/ec2/aws4_request, Signature=0` },
    body: new URLSearchParams({ Action: "DescribeSubnets", Version: "2016-11-15", MaxResults: "5" }),
  });
  const text = await response.text();
  return { items: text.split("<subnetId>").length - 1, nextToken: /<nextToken>([^<]+)/.exec(text)?.[1] ?? "" };
}
