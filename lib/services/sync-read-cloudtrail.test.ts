import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EVENT_NAMES } from "@/lib/aws/sources/cloudtrail-events/read";
import { brokerCloudTrailEvents } from "@/lib/db/cloudtrail-event-store";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const WITH_TRAIL = { leaveOut: INVENTORY_ONLY.filter((source) => source !== "cloudtrail-events") };
const REGION = "us-east-1";

let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;

beforeEach(async () => {
  harness = await syncHarness();
  ask = harnessQueries(harness.db);
});
afterEach(() => harness.close());

const requests = () => harness.requestsOf("cloudtrail");
const brokerId = () =>
  harness.simulator.fleet.brokersOf(harness.accountId, REGION, harness.clock.now().getTime())[0]?.id ?? "";
const eventsOf = (id: string) =>
  brokerCloudTrailEvents(
    harness.db,
    { accountId: harness.accountId, region: REGION, brokerId: id, configurationIds: [] },
    100,
  );

describe("reading CloudTrail", () => {
  it("tells who rebooted a broker and who changed what, once, and never a secret", async () => {
    const id = brokerId();
    harness.mutate({ broker: id, set: { state: "REBOOT_IN_PROGRESS" } });
    harness.setTime("2026-11-01T06:30:00Z");
    harness.mutate({ broker: id, set: { state: "RUNNING", pendingEngineVersion: "5.19" } });
    const user = { username: "new", consoleAccess: true, groups: ["ops"], pendingChange: "CREATE" };
    harness.mutate({ broker: id, set: { users: [user] } });
    harness.setTime("2026-11-01T07:00:00Z");
    const { runId, status } = await harness.sync(WITH_TRAIL);
    expect(status).toBe("complete");
    expect(await ask.outcome(runId, "cloudtrail-events")).toMatchObject({
      status: "complete",
      requestCount: EVENT_NAMES.length,
    });
    const events = await eventsOf(id);
    expect(events.map(({ name }) => name).sort()).toEqual(["CreateUser", "RebootBroker", "UpdateBroker"]);
    expect(events.find(({ name }) => name === "UpdateBroker")?.summary).toEqual({ engineVersion: "5.19" });
    expect(events.every(({ actor }) => actor !== null && /^(Deployment|Engineering)\//.test(actor))).toBe(true);
    expect(JSON.stringify(events)).not.toMatch(/password/i);
    harness.setTime("2026-11-02T06:00:00Z");
    await harness.sync(WITH_TRAIL);
    expect(await eventsOf(id)).toEqual(events);
  });

  it("asks once a day, since the last complete reading", async () => {
    await harness.sync(WITH_TRAIL);
    const first = requests();
    harness.setTime("2026-11-01T18:00:00Z");
    const sameDay = await harness.sync(WITH_TRAIL);
    expect(await ask.outcome(sameDay.runId, "cloudtrail-events")).toMatchObject({ status: "skipped" });
    expect(requests()).toBe(first);
  });

  it("reads again what a reading that broke off did not bring", async () => {
    await harness.sync(WITH_TRAIL);
    const id = brokerId();
    harness.setTime("2026-11-02T05:00:00Z");
    harness.mutate({ broker: id, set: { state: "REBOOT_IN_PROGRESS" } });
    harness.setTime("2026-11-02T06:00:00Z");
    harness.fault({ service: "cloudtrail", kind: "error5xx" });
    const failed = await harness.sync(WITH_TRAIL);
    expect(await ask.outcome(failed.runId, "cloudtrail-events")).toMatchObject({ status: "failed" });
    harness.noFaults();
    harness.setTime("2026-11-04T06:00:00Z");
    await harness.sync(WITH_TRAIL);
    expect((await eventsOf(id)).map(({ name }) => name)).toEqual(["RebootBroker"]);
  });

  it.each([
    ["unknown-operation", "unsupported", "complete"],
    ["deny", "denied", "partial"],
  ])("gives up after one request on %s, which is %s", async (kind, outcome, run) => {
    harness.fault({ service: "cloudtrail", kind });
    const { runId, status } = await harness.sync(WITH_TRAIL);
    expect(status).toBe(run);
    expect(await ask.outcome(runId, "cloudtrail-events")).toMatchObject({ status: outcome });
    expect(requests()).toBe(1);
  });
});
