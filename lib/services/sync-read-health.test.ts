import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { brokerHealthEvents } from "@/lib/db/health-event-store";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const WITH_HEALTH = { leaveOut: INVENTORY_ONLY.filter((source) => source !== "health-events") };

let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;

beforeEach(async () => {
  harness = await syncHarness();
  ask = harnessQueries(harness.db);
});
afterEach(() => harness.close());

/** A broker whose version AWS raises a quarter of an hour before the next sync. */
function upgraded() {
  const [broker] = harness.simulator.fleet.organisation.brokers;
  if (!broker) throw new Error("no broker");
  const at = harness.clock.now().getTime() - 900_000;
  Object.assign(broker, {
    events: [...broker.events, { at, note: "AWS rolled out a patch", patch: { engineVersion: "5.18.9" } }],
  });
  return { broker, at };
}

describe("reading AWS Health", () => {
  it("tells what AWS announced and about which broker, once, from day to day", async () => {
    const { broker, at } = upgraded();
    const { runId, status } = await harness.sync(WITH_HEALTH);
    expect(status).toBe("complete");
    expect(await ask.outcome(runId, "health-events")).toMatchObject({
      status: "complete",
      itemCount: 1,
      requestCount: 2,
    });
    const read = () => brokerHealthEvents(harness.db, { accountId: harness.accountId, names: [broker.arn] }, 10);
    expect(await read()).toMatchObject([
      { category: "scheduledChange", status: "closed", startAt: new Date(at), entities: [broker.arn] },
    ]);
    expect(await brokerHealthEvents(harness.db, { accountId: harness.accountId, names: ["another"] }, 10)).toEqual([]);
    harness.setTime("2026-11-01T20:00:00Z");
    expect(await ask.outcome((await harness.sync(WITH_HEALTH)).runId, "health-events")).toMatchObject({
      status: "skipped",
    });
    harness.setTime("2026-11-02T06:00:00Z");
    await harness.sync(WITH_HEALTH);
    expect(await read()).toHaveLength(1);
  });

  it("is unsupported without the support plan, and nothing else is missing for it", async () => {
    harness.fault({ service: "health", kind: "no-subscription" });
    const { runId, status } = await harness.sync(WITH_HEALTH);
    expect(status).toBe("complete");
    expect(await ask.outcome(runId, "health-events")).toMatchObject({
      status: "unsupported",
      message: "The support plan of this account has no AWS Health API",
    });
  });

  it("says so where IAM denies it", async () => {
    harness.fault({ service: "health", kind: "deny" });
    const { runId, status } = await harness.sync(WITH_HEALTH);
    expect(status).toBe("partial");
    expect(await ask.outcome(runId, "health-events")).toMatchObject({ status: "denied" });
  });
});
