import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openGroupId } from "@/e2e/aws-simulator/organisation/network";
import { loadNetworks } from "@/lib/db/network-store";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const WITH_NETWORK = { leaveOut: INVENTORY_ONLY.filter((source) => source !== "ec2-network") };
const REGION = "us-east-1";

let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;

beforeEach(async () => {
  harness = await syncHarness();
  ask = harnessQueries(harness.db);
});
afterEach(() => harness.close());

const requests = () => harness.requestsOf("ec2");

describe("reading the networks of brokers", () => {
  it("stores zone and open ports of what the brokers of a scope name", async () => {
    const { runId, status } = await harness.sync(WITH_NETWORK);
    expect(status).toBe("complete");
    expect(await ask.outcome(runId, "ec2-network")).toMatchObject({ status: "complete", requestCount: 2 });
    const networks = await loadNetworks(harness.db);
    const [broker] = harness.simulator.fleet.brokersOf(harness.accountId, REGION, harness.clock.now().getTime());
    const network = networks.of({
      accountId: harness.accountId,
      region: REGION,
      subnetIds: broker?.subnetIds ?? [],
      securityGroupIds: broker?.initial.securityGroups ?? [],
    });
    expect(network.subnets.map(({ id }) => id)).toEqual(broker?.subnetIds);
    for (const { zoneId, zoneName } of network.subnets) {
      expect(zoneId).toMatch(/^use1-az\d$/);
      expect(zoneName).toMatch(/^us-east-1[a-f]$/);
    }
    expect(network.securityGroups[0]?.ingress).toContainEqual({
      protocol: "tcp",
      fromPort: 5671,
      toPort: 5671,
      cidrs: ["10.0.0.0/8"],
      sources: [],
    });
    expect(network.observedAt).toEqual(harness.clock.now());
  });

  it("asks once a day while nothing changes, and again when a broker did", async () => {
    await harness.sync(WITH_NETWORK);
    harness.setTime("2026-11-01T12:00:00Z");
    const unchanged = await harness.sync(WITH_NETWORK);
    expect(await ask.outcome(unchanged.runId, "ec2-network")).toMatchObject({ status: "skipped", requestCount: 0 });
    expect(requests()).toBe(2);

    const open = openGroupId(harness.accountId, REGION);
    const [broker] = harness.simulator.fleet.brokersOf(harness.accountId, REGION, harness.clock.now().getTime());
    harness.mutate({ broker: broker?.id, set: { securityGroups: [open] } });
    harness.setTime("2026-11-01T18:00:00Z");
    const changed = await harness.sync(WITH_NETWORK);
    expect(await ask.outcome(changed.runId, "ec2-network")).toMatchObject({ status: "complete" });
    const group = { accountId: harness.accountId, region: REGION, subnetIds: [], securityGroupIds: [open] };
    expect((await loadNetworks(harness.db, group)).of(group).securityGroups.map(({ name }) => name)).toEqual([
      "mq-legacy-open",
    ]);

    harness.setTime("2026-11-02T06:00:00Z");
    const nextDay = await harness.sync(WITH_NETWORK);
    expect(await ask.outcome(nextDay.runId, "ec2-network")).toMatchObject({ status: "complete" });
  });

  it("is unsupported, not a failure, where the endpoint does not know it, and is asked for once a day", async () => {
    harness.fault({ service: "ec2", kind: "unknown-operation" });
    const first = await harness.sync(WITH_NETWORK);
    expect(first.status).toBe("complete");
    expect(await ask.outcome(first.runId, "ec2-network")).toMatchObject({ status: "unsupported" });
    const asked = requests();
    harness.setTime("2026-11-01T12:00:00Z");
    const second = await harness.sync(WITH_NETWORK);
    expect(second.status).toBe("complete");
    expect(requests()).toBe(asked);
  });

  it("keeps the last known facts with their age, and says so, where permission is missing", async () => {
    await harness.sync(WITH_NETWORK);
    const before = await ask.rowVersions("network_subnet", "network_security_group");
    harness.setTime("2026-11-02T06:00:00Z");
    harness.fault({ service: "ec2", kind: "deny" });
    const { runId, status } = await harness.sync(WITH_NETWORK);
    expect(status).toBe("partial");
    expect(await ask.outcome(runId, "ec2-network")).toMatchObject({ status: "denied" });
    expect(await ask.rowVersions("network_subnet", "network_security_group")).toEqual(before);
  });
});
