import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfigurations } from "@/lib/db/configuration-store";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const WITH_LIST = { leaveOut: INVENTORY_ONLY.filter((source) => source !== "mq-configuration-list") };

let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;

beforeEach(async () => {
  harness = await syncHarness();
  ask = harnessQueries(harness.db);
});
afterEach(() => harness.close());

const asked = () => harness.requestsOf("mq", "ListConfigurations");
const names = async () => (await loadConfigurations(harness.db)).map(({ name }) => name).sort();
const broker = (nth: number) => {
  const [...brokers] = harness.simulator.fleet.brokersOf(harness.accountId, "us-east-1", harness.clock.now().getTime());
  return brokers[nth];
};

describe("listing configurations", () => {
  it("stores every configuration of the region with its newest revision", async () => {
    const { runId, status } = await harness.sync(WITH_LIST);
    expect(status).toBe("complete");
    expect(await ask.outcome(runId, "mq-configuration-list")).toMatchObject({
      status: "complete",
      itemCount: 6,
      requestCount: 1,
    });
    const configurations = await loadConfigurations(harness.db);
    expect(configurations).toHaveLength(6);
    expect(configurations[0]).toMatchObject({
      latestRevision: 1,
      region: "us-east-1",
      observedAt: harness.clock.now(),
    });
    expect(configurations[0]?.createdAt).toBeInstanceOf(Date);
  });

  it("asks once a day while nothing changes, and again when a broker did", async () => {
    await harness.sync(WITH_LIST);
    harness.setTime("2026-11-01T12:00:00Z");
    const unchanged = await harness.sync(WITH_LIST);
    expect(await ask.outcome(unchanged.runId, "mq-configuration-list")).toMatchObject({
      status: "skipped",
      requestCount: 0,
    });
    expect(asked()).toBe(1);

    harness.mutate({
      broker: broker(0)?.id,
      configuration: { data: "<broker/>", description: "later", pending: true },
    });
    harness.setTime("2026-11-01T18:00:00Z");
    await harness.sync(WITH_LIST);
    expect(asked()).toBe(2);
    expect((await loadConfigurations(harness.db)).filter(({ latestRevision }) => latestRevision === 2)).toHaveLength(1);

    harness.setTime("2026-11-02T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(asked()).toBe(3);
  });

  it("is unsupported, not a failure, where the endpoint does not know it, and is asked for once a day", async () => {
    harness.fault({ service: "mq", operation: "ListConfigurations", kind: "unknown-operation" });
    const first = await harness.sync(WITH_LIST);
    expect(first.status).toBe("complete");
    expect(await ask.outcome(first.runId, "mq-configuration-list")).toMatchObject({ status: "unsupported" });
    const before = asked();
    harness.setTime("2026-11-01T12:00:00Z");
    expect((await harness.sync(WITH_LIST)).status).toBe("complete");
    expect(asked()).toBe(before);
  });

  it("forgets a configuration that a complete listing does not tell of, and none where permission is missing", async () => {
    await harness.sync(WITH_LIST);
    const all = await names();
    harness.setTime("2026-11-02T06:00:00Z");
    harness.fault({ service: "mq", operation: "ListConfigurations", kind: "deny" });
    const denied = await harness.sync(WITH_LIST);
    expect(denied.status).toBe("partial");
    expect(await names()).toEqual(all);

    harness.noFaults();
    const [first] = await loadConfigurations(harness.db);
    harness.mutate({ deleteConfiguration: first?.id });
    harness.setTime("2026-11-03T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(await names()).toEqual(all.filter((name) => name !== first?.name));
  });

  it("lists the configurations of a region whose brokers are all gone", async () => {
    await harness.sync(WITH_LIST);
    for (let nth = 5; nth >= 0; nth -= 1) harness.mutate({ broker: broker(nth)?.id, delete: true });
    for (const day of ["2026-11-02", "2026-11-03"]) {
      harness.setTime(`${day}T06:00:00Z`);
      const { runId } = await harness.sync(WITH_LIST);
      expect(await ask.outcome(runId, "mq-configuration-list")).toMatchObject({ status: "complete", itemCount: 6 });
    }
  });
});
