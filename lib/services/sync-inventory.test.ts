import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { HARNESS_START, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

describe("inventory of a region", () => {
  let harness: SyncHarness;
  let ask: ReturnType<typeof harnessQueries>;
  let day = 1;

  /** Every test moves on: observations never go back in time. */
  const nextDay = (): string => {
    day += 1;
    const instant = `2026-11-${String(day).padStart(2, "0")}T06:00:00Z`;
    harness.setTime(instant);
    return instant.replace("Z", ".000Z");
  };

  beforeAll(async () => {
    harness = await syncHarness();
    ask = harnessQueries(harness.db);
    expect(await harness.sync()).toMatchObject({ status: "complete" });
  });
  afterEach(() => harness.noFaults());
  afterAll(() => harness.close());

  it("stores every broker with attributes, raw payload and its configuration revision", async () => {
    const brokers = await ask.brokers();
    expect(brokers).toHaveLength(6);
    for (const broker of brokers) {
      expect(broker.payloadHash).toMatch(/^[0-9a-f]{32,}$/);
      expect(broker.attributes.subnetIds?.length).toBeGreaterThan(0);
      expect(broker.firstSeenAt.toISOString()).toBe(new Date(HARNESS_START).toISOString());
    }
    expect(await ask.count("broker_payload")).toBe(6);
    expect(await ask.count("configuration_revision")).toBe(6);
    expect(await ask.count("broker_change"), "a first look is not news").toBe(0);
  });

  it("writes no broker row and asks for no configuration again when nothing changed", async () => {
    const before = await ask.rowVersions(
      "broker",
      "broker_payload",
      "configuration_revision",
      "finding",
      "finding_episode",
    );
    nextDay();
    const { runId, status } = await harness.sync();
    expect(status).toBe("complete");
    expect(
      await ask.rowVersions("broker", "broker_payload", "configuration_revision", "finding", "finding_episode"),
    ).toEqual(before);
    expect(await ask.outcome(runId, "mq-descriptions")).toMatchObject({
      status: "complete",
      itemCount: 6,
      requestCount: 6,
    });
    expect(await ask.outcome(runId, "mq-configurations")).toMatchObject({ status: "complete", requestCount: 0 });
  });

  it("keeps old value, new value and both observations of a change, tags one by one", async () => {
    const previous = harness.clock.now();
    const at = nextDay();
    harness.mutate({ broker: "bulk-00000", set: { hostInstanceType: "mq.m5.xlarge" } });
    harness.mutate({ broker: "bulk-00000", tags: { team: "billing", "new-key": "42" } });
    await harness.sync();
    const changes = await ask.changes("bulk-00000");
    const observed = { observedAt: new Date(at), previousObservedAt: previous };
    expect(changes).toContainEqual(
      expect.objectContaining({ attribute: "instanceType", newValue: "mq.m5.xlarge", ...observed }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ attribute: "tag:team", newValue: "billing", ...observed }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ attribute: "tag:new-key", oldValue: null, newValue: "42" }),
    );
    expect((await ask.broker("bulk-00000")).attributes.instanceType).toBe("mq.m5.xlarge");
  });

  it("keeps the last known attributes of a broker that can be listed but not described, and judges nothing about it", async () => {
    const before = await ask.broker("bulk-00001");
    const lastRead = harness.clock.now();
    const findings = await ask.openFindings("bulk-00001");
    nextDay();
    harness.mutate({
      broker: "bulk-00001",
      set: { state: "REBOOT_IN_PROGRESS", autoMinorVersionUpgrade: true, generalLogs: true },
    });
    harness.fault({ kind: "error5xx", service: "mq", operation: "DescribeBroker", times: 400 });
    const failed = await harness.sync();
    expect(failed.status).toBe("partial");
    // Every description failed: the scope's own state says how old the facts are, the listing's facts are taken over.
    expect(await ask.outcome(failed.runId, "mq-descriptions")).toMatchObject({
      status: "failed",
      errorCode: "aws-server-error",
    });
    const after = await ask.broker("bulk-00001");
    expect(after.attributes).toEqual({ ...before.attributes, state: "REBOOT_IN_PROGRESS" });
    expect(after.describedUntil).toBeNull();
    expect((await ask.scope("mq-descriptions")).lastReadAt).toEqual(lastRead);
    expect(await ask.openFindings("bulk-00001")).toEqual(findings);
  });

  it("dates the facts of one broker whose description failed while the others' are new", async () => {
    nextDay();
    await harness.sync();
    const lastRead = harness.clock.now();
    nextDay();
    const [first] = await ask.brokers();
    harness.fault({ kind: "deny", service: "mq", operation: "DescribeBroker", times: 1 });
    const { runId, status } = await harness.sync();
    expect(status).toBe("partial");
    const outcome = await ask.outcome(runId, "mq-descriptions");
    expect(outcome.status).toBe("partial");
    expect(outcome.failures).toHaveLength(1);
    const old = (await ask.brokers()).filter((broker) => broker.describedUntil !== null);
    expect(old).toHaveLength(1);
    expect(old[0]?.describedUntil).toEqual(lastRead);
    expect(old[0]?.descriptionFailure).toBeTruthy();
    expect(first).toBeDefined();
    harness.noFaults();
    nextDay();
    await harness.sync();
    expect((await ask.brokers()).every((broker) => broker.describedUntil === null)).toBe(true);
  });

  it("declares nobody gone when the listing is denied, and says what to do", async () => {
    nextDay();
    harness.fault({ kind: "deny", service: "mq", operation: "ListBrokers" });
    const before = await ask.rowVersions("broker");
    const { runId, status } = await harness.sync();
    expect(status).toBe("partial");
    expect(await ask.outcome(runId, "mq-brokers")).toMatchObject({ status: "denied", errorCode: "aws-access-denied" });
    expect((await ask.outcome(runId, "mq-brokers")).wayOut).toBeTruthy();
    expect(await ask.outcome(runId, "mq-descriptions")).toMatchObject({ status: "denied", requestCount: 0 });
    expect(await ask.rowVersions("broker")).toEqual(before);
  });

  it("declares a broker gone on two proofs, closes its findings, and takes it back when it is listed again", async () => {
    nextDay();
    await harness.sync();
    const open = await ask.openFindings("bulk-00002");
    const at = nextDay();
    harness.mutate({ broker: "bulk-00002", delete: true });
    const { runId } = await harness.sync();
    const gone = await ask.broker("bulk-00002");
    expect(gone.goneAt?.toISOString()).toBe(at);
    expect(await ask.changes("bulk-00002")).toContainEqual(
      expect.objectContaining({ attribute: "presence", oldValue: "present", newValue: "gone" }),
    );
    expect((await ask.run(runId)).counts).toMatchObject({ brokersGone: 1, brokersSeen: 5 });
    expect(await ask.openFindings("bulk-00002")).toEqual([]);
    expect(await ask.closeCauses("bulk-00002")).toEqual(open.map(() => "decommissioned"));
    nextDay();
    harness.mutate({ reset: true });
    await harness.sync();
    expect((await ask.broker("bulk-00002")).goneAt).toBeNull();
  });

  it("declares nobody gone when DescribeBroker answers not-found but the listing shows the broker", async () => {
    nextDay();
    harness.fault({ kind: "not-found", service: "mq", operation: "DescribeBroker", times: 1 });
    await harness.sync();
    const brokers = await ask.brokers();
    expect(brokers.every((broker) => broker.goneAt === null)).toBe(true);
    expect(brokers.filter((broker) => broker.descriptionFailure !== null)).toHaveLength(1);
  });

  it("reads a malformed answer as a failure of that broker alone", async () => {
    nextDay();
    harness.fault({ kind: "malformed", service: "mq", operation: "DescribeBroker", times: 1 });
    const { runId, status } = await harness.sync();
    expect(["partial", "complete"]).toContain(status);
    const outcome = await ask.outcome(runId, "mq-descriptions");
    expect(outcome.itemCount).toBeGreaterThanOrEqual(5);
    expect((await ask.brokers()).every((broker) => broker.goneAt === null)).toBe(true);
  });

  it("keeps enum values that nobody knows, and names with markup, emoji and a leading equals sign", async () => {
    nextDay();
    const tags = {
      "=cmd|'/c calc'!A1": "<script>alert(1)</script>",
      emoji: "🐰\u{1F469}\u200D\u{1F680}",
      constructor: "x".repeat(256),
    };
    harness.mutate({ broker: "bulk-00003", set: { state: "HIBERNATING", hostInstanceType: "mq.q9.giga", tags } });
    const { status } = await harness.sync();
    expect(status).toBe("complete");
    const broker = await ask.broker("bulk-00003");
    expect(broker.attributes.state).toBe("HIBERNATING");
    expect(broker.attributes.instanceType).toBe("mq.q9.giga");
    expect(broker.attributes.tags).toEqual(tags);
    expect(await ask.changes("bulk-00003")).toContainEqual(expect.objectContaining({ attribute: "tag:constructor" }));
  });

  it("records a broker that appears in a region that was read before as news", async () => {
    nextDay();
    harness.mutate({ add: { like: "bulk-00004", name: "newcomer" } });
    const { runId } = await harness.sync();
    expect((await ask.run(runId)).counts).toMatchObject({ brokersNew: 1 });
    expect(await ask.changes("newcomer")).toContainEqual(
      expect.objectContaining({ attribute: "presence", oldValue: null, newValue: "present" }),
    );
  });
});
