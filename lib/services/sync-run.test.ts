import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bulkOrganisation } from "@/e2e/aws-simulator/organisation/bulk-organisation";
import { mutableWallClock } from "@/lib/domain/clock";
import { executeSync, recoverRuns } from "@/lib/services/execute-sync";
import { planSync } from "@/lib/services/plan-sync";
import { startSync } from "@/lib/services/start-sync";
import { openRunReader } from "@/lib/services/sync-scope";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

describe("a sync", () => {
  let harness: SyncHarness;
  let ask: ReturnType<typeof harnessQueries>;

  const open = async (...options: Parameters<typeof syncHarness>): Promise<void> => {
    harness = await syncHarness(...options);
    ask = harnessQueries(harness.db);
  };
  const start = () => startSync({ ctx: harness.ctx, input: { trigger: "manual", executor: "caller" } });

  afterEach(() => harness.close());

  describe("of a connected account", () => {
    beforeEach(() => open());

    it("is joined by whoever starts a second one meanwhile", async () => {
      const started = await Promise.all([start(), start(), start()]);
      expect(new Set(started.map((s) => s.runId)).size).toBe(1);
      expect(started.filter((s) => !s.joined)).toHaveLength(1);
      expect(await ask.count("sync_run")).toBe(1);
      const [{ runId } = { runId: 0 }] = started;
      expect(await executeSync({ ctx: harness.ctx, input: { runId, leaveOut: INVENTORY_ONLY } })).toBe("complete");
      expect((await start()).joined).toBe(false);
    });

    it("is left to the worker's queue when the web starts it, with an audit event", async () => {
      const { runId } = await startSync({ ctx: harness.ctx, input: { trigger: "manual" } });
      expect(harness.queue.jobs).toEqual([expect.objectContaining({ name: "sync-plan", payload: { runId } })]);
      const events = await harness.db.rows("SELECT action, subject_key FROM audit_event");
      expect(events).toEqual([{ action: "sync.start", subject_key: String(runId) }]);
    });

    it("is marked aborted when its heart stopped, and the next one starts", async () => {
      const wall = mutableWallClock("2026-11-01T10:00:00Z");
      const ctx = { ...harness.ctx, wall };
      const first = await startSync({ ctx, input: { trigger: "manual", executor: "caller" } });
      await planSync({ ctx, input: { runId: first.runId } });
      wall.advanceMs(119_000);
      expect((await startSync({ ctx, input: { trigger: "manual" } })).joined).toBe(true);
      wall.advanceMs(2_000);
      const second = await startSync({ ctx, input: { trigger: "manual" } });
      expect(second).toEqual({ runId: expect.any(Number), joined: false });
      expect((await ask.run(first.runId)).status).toBe("aborted");
      expect(Object.keys(await ask.statuses(first.runId)).every((key) => key.endsWith(" failed"))).toBe(true);
    });

    it("that was killed half-way leaves whole scopes and nothing else, stores nothing late, and the next one is complete", async () => {
      const { ctx } = harness;
      const { runId } = await start();
      const [identity] = await planSync({ ctx, input: { runId, leaveOut: INVENTORY_ONLY } });
      if (!identity) throw new Error("no job");
      const reader = await openRunReader({ ctx, runId });
      const jobs = await reader.read(identity);
      // The process dies here; the next one finds the run while holding the executor lock.
      expect(await recoverRuns({ ctx })).toEqual([runId]);
      const late = jobs.map((job) =>
        reader.read(job).then(
          () => "stored",
          (error: Error) => error.message,
        ),
      );
      expect(await Promise.all(late)).toEqual(late.map(() => expect.stringContaining("aborted")));
      expect(await ask.count("broker")).toBe(0);
      expect(await ask.statuses(runId)).toMatchObject({ "sts-identity complete": 1, "mq-brokers failed": 1 });
      expect(await harness.sync()).toMatchObject({ status: "complete" });
      expect(await ask.count("broker")).toBe(6);
    });

    it("is refused when the clock stands before what is stored already", async () => {
      await harness.sync();
      harness.clock.set("2026-10-31T06:00:00Z");
      await expect(start()).rejects.toMatchObject({ code: "conflict" });
    });

    it("reads daily sources once a UTC day, and again after a failure", async () => {
      const first = await harness.sync({ leaveOut: ["metrics", "cost-usage", "cost-resources"] });
      expect(await ask.outcome(first.runId, "mq-offers")).toMatchObject({ status: "complete" });
      harness.setTime("2026-11-01T12:00:00Z");
      const second = await harness.sync({ leaveOut: ["metrics", "cost-usage", "cost-resources"] });
      expect(second.status).toBe("complete");
      expect(await ask.outcome(second.runId, "mq-offers")).toMatchObject({ status: "skipped" });
      harness.setTime("2026-11-02T06:00:00Z");
      harness.fault({ kind: "deny", service: "mq", operation: "DescribeBrokerEngineTypes" });
      const third = await harness.sync({ leaveOut: ["metrics", "cost-usage", "cost-resources"] });
      expect(third.status).toBe("partial");
      harness.noFaults();
      harness.setTime("2026-11-02T12:00:00Z");
      const fourth = await harness.sync({ leaveOut: ["metrics", "cost-usage", "cost-resources"] });
      expect(await ask.outcome(fourth.runId, "mq-offers")).toMatchObject({ status: "complete" });
    });

    it("counts requests and what AWS charges for them", async () => {
      const { runId } = await harness.sync({ leaveOut: ["metrics"] });
      const [run] = await harness.db.rows<{
        charges: string;
        requests: Record<string, { requests: number; billableUnits: number }>;
      }>("SELECT aws_charges_usd::text AS charges, requests FROM sync_run WHERE id = $1", runId);
      const ce = run?.requests.ce;
      expect(ce?.billableUnits).toBeGreaterThan(0);
      expect(Number(run?.charges)).toBeCloseTo((ce?.billableUnits ?? 0) * 0.01, 10);
      expect(run?.requests.mq?.requests).toBeGreaterThan(12);
    });

    it("says of every scope of an account that cannot be entered why it was not tried", async () => {
      await harness.sync();
      harness.setTime("2026-11-02T06:00:00Z");
      const before = await ask.rowVersions("broker", "finding");
      harness.fault({ kind: "expired-token", service: "sts" });
      const { runId, status } = await harness.sync();
      expect(status).toBe("failed");
      expect(await ask.outcome(runId, "mq-brokers")).toMatchObject({
        status: "denied",
        requestCount: 0,
        message: expect.stringContaining("could not be entered"),
        wayOut: expect.any(String),
      });
      expect(await ask.rowVersions("broker", "finding")).toEqual(before);
      expect((await ask.scope("mq-brokers")).failingSince).toEqual(new Date("2026-11-02T06:00:00Z"));
    });

    it("declares nobody gone when its listing is cut after the first page", async () => {
      for (let n = 0; n < 100; n += 1) harness.mutate({ add: { like: "bulk-00000", name: `extra-${n}` } });
      await harness.sync();
      expect(await ask.count("broker")).toBe(106);
      harness.setTime("2026-11-02T06:00:00Z");
      harness.mutate({ broker: "extra-7", delete: true });
      harness.fault({ kind: "truncate", service: "mq", operation: "ListBrokers" });
      const { runId, status } = await harness.sync();
      expect(status).toBe("partial");
      const listing = await ask.outcome(runId, "mq-brokers");
      expect(listing.status).toBe("partial");
      expect(listing.itemCount).toBeLessThan(106);
      expect((await ask.brokers()).filter((broker) => broker.goneAt !== null)).toEqual([]);
      // Known brokers that the listing did not get to were described all the same.
      expect((await ask.broker("extra-7")).descriptionFailure).toContain("does not prove");
      expect(await ask.outcome(runId, "mq-descriptions")).toMatchObject({ itemCount: 106 });
    });
  });

  it("registers the account of the ambient credentials on the first run, and reads every region", async () => {
    await open({ connect: false });
    const { runId, status } = await harness.sync();
    expect(status).toBe("complete");
    const accounts = await harness.db.rows("SELECT account_id, origin, regions FROM aws_account");
    expect(accounts).toEqual([{ account_id: harness.accountId, origin: "ambient", regions: [] }]);
    const statuses = await ask.statuses(runId);
    expect(statuses["mq-brokers complete"]).toBeGreaterThan(15);
    // Opt-in regions that are off are a state, not a failure.
    expect(statuses["mq-brokers region-off"]).toBeGreaterThan(5);
    expect(await ask.count("broker")).toBe(6);
  });

  it("fails with the way out when the credentials are worth nothing and no account is connected", async () => {
    await open({ connect: false });
    harness.fault({ kind: "expired-token", service: "sts" });
    const { runId, status } = await harness.sync();
    expect(status).toBe("failed");
    const run = await ask.run(runId);
    expect(run.error).toBeTruthy();
    expect(await ask.outcome(runId, "sts-identity")).toMatchObject({ status: "denied" });
    expect(await ask.count("aws_account")).toBe(0);
  });

  it("works against an endpoint that knows neither STS nor offers, costs and metrics", async () => {
    await open({ connect: false });
    harness.fault(
      { kind: "unknown-operation", service: "sts" },
      { kind: "unknown-operation", service: "ce" },
      { kind: "unknown-operation", service: "monitoring" },
      { kind: "unknown-operation", service: "mq", operation: "DescribeBrokerEngineTypes" },
      { kind: "unknown-operation", service: "mq", operation: "DescribeBrokerInstanceOptions" },
    );
    const { runId, status } = await harness.sync({ leaveOut: [] });
    expect(status).toBe("partial");
    expect(await ask.count("broker")).toBe(6);
    expect(await ask.statuses(runId)).toMatchObject({ "sts-identity unsupported": 1, "cost-usage unsupported": 1 });
  });

  it("is complete in an account without a single broker", async () => {
    const organisation = {
      ...bulkOrganisation({ accounts: 1, regions: 1, brokers: 1 }),
      brokers: [],
      configurations: [],
    };
    await open({ organisation, connect: false });
    const { runId, status } = await harness.sync({ leaveOut: [] });
    expect(status).toBe("complete");
    expect(await ask.count("broker")).toBe(0);
    expect((await ask.run(runId)).counts).toMatchObject({ brokersSeen: 0, brokersGone: 0 });
    expect(await ask.count("kpi_snapshot")).toBeGreaterThan(0);
  });
});
