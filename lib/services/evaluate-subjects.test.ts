import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findAccount, saveAccount } from "@/lib/db/account-store";
import { loadConfigurations } from "@/lib/db/configuration-store";
import { insertUnverifiedOwners, loadOwners } from "@/lib/db/owner-store";
import { subjectOutcomeCounts } from "@/lib/db/subject-outcome-store";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";
import { readFindings } from "@/lib/services/read/read-findings";
import { readRules } from "@/lib/services/read/read-rules";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const WITH_LIST = { leaveOut: INVENTORY_ONLY.filter((source) => source !== "mq-configuration-list") };
const ORPHAN = "configuration-in-use";
const OWNERLESS = "account-has-default-owner";

let harness: SyncHarness;

beforeEach(async () => {
  harness = await syncHarness();
  await harness.sync(WITH_LIST);
});
afterEach(() => harness.close());

/** The finding of a rule with its one episode and what happened to it. */
async function findingOf(ruleId: string) {
  const rows = await harness.db.rows<{
    subjectType: string;
    subjectKey: string;
    brokerId: number | null;
    ownerId: number | null;
    region: string;
    state: string;
    closeCause: string | null;
    openedAfter: Date | null;
    summary: string;
    events: number;
  }>(
    `SELECT f.subject_type AS "subjectType", f.subject_key AS "subjectKey", f.broker_id AS "brokerId", f.owner_id AS "ownerId", f.region, f.state,
       f.close_cause AS "closeCause", e.opened_after AS "openedAfter", f.summary,
       (SELECT count(*)::int FROM finding_event v WHERE v.episode_id = e.id) AS events
       FROM finding f JOIN finding_episode e ON e.finding_id = f.id AND e.number = f.episode_count WHERE f.rule_id = $1`,
    ruleId,
  );
  return rows;
}

async function outcomes(ruleId: string): Promise<Record<string, number>> {
  const counts = await subjectOutcomeCounts(harness.db);
  return Object.fromEntries(
    counts.filter((row) => row.ruleId === ruleId).map(({ outcome, subjects }) => [outcome, subjects]),
  );
}

async function changeAccount(change: object): Promise<void> {
  const account = await findAccount(harness.db, harness.accountId);
  if (account) await saveAccount(harness.db, { ...account, ...change });
}

const someBroker = () =>
  harness.simulator.fleet.brokersOf(harness.accountId, "us-east-1", harness.clock.now().getTime())[0];

/** Deletes a broker: its configuration stays, used by nobody. */
async function orphan(day = "2026-11-02"): Promise<string> {
  const broker = someBroker();
  const own = broker?.initial.configuration?.id ?? "";
  harness.mutate({ broker: broker?.id, delete: true });
  harness.setTime(`${day}T06:00:00Z`);
  await harness.sync(WITH_LIST);
  return own;
}

describe("a configuration that nobody uses", () => {
  it("opens a finding of the configuration, without broker and owner, since the last reading", async () => {
    expect(await outcomes(ORPHAN)).toEqual({ pass: 6 });
    const id = await orphan();
    expect(await findingOf(ORPHAN)).toMatchObject([
      {
        subjectType: "configuration",
        subjectKey: expect.stringContaining(`:configuration:${id}`),
        brokerId: null,
        ownerId: null,
        region: "us-east-1",
        state: "open",
        openedAfter: new Date("2026-11-01T06:00:00Z"),
      },
    ]);
    expect(await outcomes(ORPHAN)).toEqual({ pass: 5, fail: 1 });
  });

  it("closes as fixed by its owner when it is deleted, and when a broker uses it", async () => {
    const id = await orphan();
    harness.mutate({ deleteConfiguration: id });
    harness.setTime("2026-11-03T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(await findingOf(ORPHAN)).toMatchObject([{ state: "closed", closeCause: "fixed-by-owner", events: 2 }]);

    const other = await orphan("2026-11-04");
    harness.mutate({ broker: someBroker()?.id, set: { pendingConfiguration: { id: other, revision: 1 } } });
    harness.setTime("2026-11-05T06:00:00Z");
    await harness.sync(WITH_LIST);
    const findings = await findingOf(ORPHAN);
    expect(findings.map(({ closeCause }) => closeCause)).toEqual(["fixed-by-owner", "fixed-by-owner"]);
  });

  it("stays open, and is unknown, when configurations cannot be listed", async () => {
    const id = await orphan();
    harness.mutate({ deleteConfiguration: id });
    harness.fault({ service: "mq", operation: "ListConfigurations", kind: "deny" });
    harness.setTime("2026-11-03T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(await findingOf(ORPHAN)).toMatchObject([{ state: "open", events: 1 }]);
    expect(await outcomes(ORPHAN)).toEqual({ pass: 5, unknown: 1 });
  });

  it("opens none while a broker of the region cannot be described", async () => {
    harness.mutate({ broker: someBroker()?.id, delete: true });
    // Listed no more, and whether it is gone cannot be asked.
    harness.fault({ service: "mq", operation: "DescribeBroker", kind: "deny" });
    harness.setTime("2026-11-02T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(await outcomes(ORPHAN)).toEqual({ pass: 6 });
    expect(await findingOf(ORPHAN)).toEqual([]);
  });

  it("stays open, and is unknown, while what a new broker uses is not known", async () => {
    await orphan();
    harness.mutate({ add: { like: someBroker()?.id, name: "new" } });
    harness.fault({ service: "mq", operation: "DescribeBroker", kind: "deny" });
    harness.setTime("2026-11-03T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(await findingOf(ORPHAN)).toMatchObject([{ state: "open", events: 1 }]);
    expect(await outcomes(ORPHAN)).toEqual({ pass: 5, unknown: 1 });
  });

  it("closes as no remediation when its region or account is taken out of scope", async () => {
    await orphan();
    await changeAccount({ removedAt: harness.clock.now() });
    await evaluateFleet({ ctx: harness.ctx, input: { reason: "test" } });
    expect(await findingOf(ORPHAN)).toMatchObject([{ state: "closed", closeCause: "not-remediation" }]);
    expect(await findingOf(OWNERLESS)).toMatchObject([{ state: "closed", closeCause: "not-remediation" }]);
    expect(await outcomes(ORPHAN)).toEqual({});
    expect(await loadConfigurations(harness.db)).toHaveLength(6);
  });

  it("changes nothing when it is judged again", async () => {
    await orphan();
    const before = await findingOf(ORPHAN);
    const again = await evaluateFleet({ ctx: harness.ctx, input: { reason: "test" } });
    expect(again).toMatchObject({ findingsOpened: 0, findingsClosed: 0 });
    expect(await findingOf(ORPHAN)).toEqual(before);
  });
});

describe("an account without default owner", () => {
  it("is a finding that nobody owns, and is closed by naming one, which is no remediation", async () => {
    expect(await findingOf(OWNERLESS)).toMatchObject([
      {
        subjectType: "account",
        subjectKey: harness.accountId,
        brokerId: null,
        ownerId: null,
        region: "(none)",
        state: "open",
        summary: "The account holds 6 brokers and has no default owner.",
      },
    ]);
    await insertUnverifiedOwners(harness.db, [{ key: "platform", displayName: "Platform" }], harness.clock.now());
    await changeAccount({ defaultOwnerId: (await loadOwners(harness.db)).find(({ key }) => key === "platform")?.id });
    harness.setTime("2026-11-01T09:00:00Z");
    await evaluateFleet({ ctx: harness.ctx, input: { reason: "test" } });
    expect(await findingOf(OWNERLESS)).toMatchObject([{ state: "closed", closeCause: "not-remediation" }]);
    expect(await outcomes(OWNERLESS)).toEqual({ pass: 1 });
  });

  it("is closed as no remediation where the rule is switched off", async () => {
    await harness.db.execute(
      `INSERT INTO rule_setting (rule_id, environment, enabled, thresholds, reason, updated_at, updated_by)
       VALUES ($1, '', false, '{}', 'Owners are named by tags', $2, 'test')`,
      OWNERLESS,
      harness.clock.now(),
    );
    await evaluateFleet({ ctx: harness.ctx, input: { reason: "test" } });
    expect(await findingOf(OWNERLESS)).toMatchObject([{ state: "closed", closeCause: "not-remediation" }]);
    expect(await outcomes(OWNERLESS)).toEqual({ "not-applicable": 1 });
  });
});

describe("the quota of brokers per region", () => {
  it("is a finding of the region, with the account's default owner, and ends with the region's reading", async () => {
    await harness.db.execute(
      `INSERT INTO rule_setting (rule_id, environment, enabled, thresholds, reason, updated_at, updated_by)
       VALUES ('brokers-per-region-below-quota', '', true, '{"brokers-per-region-below-quota.percent": 3}', 'A test', $1, 'test')`,
      harness.clock.now(),
    );
    await evaluateFleet({ ctx: harness.ctx, input: { reason: "test" } });
    expect(await findingOf("brokers-per-region-below-quota")).toMatchObject([
      {
        subjectType: "account",
        region: "us-east-1",
        state: "open",
        summary: expect.stringContaining("6 brokers, 3 %"),
      },
    ]);
    await changeAccount({ regions: ["eu-west-1"] });
    await evaluateFleet({ ctx: harness.ctx, input: { reason: "test" } });
    expect(await findingOf("brokers-per-region-below-quota")).toMatchObject([
      { state: "closed", closeCause: "not-remediation" },
    ]);
  });
});

describe("what pages say of them", () => {
  it("lists them by subject, named, fresh and in the catalogue's counts", async () => {
    await orphan();
    const query = {
      match: "all" as const,
      limit: 50,
      filter: [{ property: "subjectType", operator: "!=" as const, value: "broker" }],
    };
    const { items } = await readFindings({ ctx: harness.ctx, input: query });
    expect(items.map(({ ruleId }) => ruleId).sort()).toEqual([OWNERLESS, ORPHAN]);
    expect(items.find(({ ruleId }) => ruleId === OWNERLESS)).toMatchObject({
      subjectName: "Test",
      brokerId: null,
      stale: false,
      engine: "(none)",
    });
    expect(items.find(({ ruleId }) => ruleId === ORPHAN)).toMatchObject({
      subjectName: expect.stringMatching(/-configuration$/),
      stale: false,
    });
    const rules = await readRules({ ctx: harness.ctx });
    expect(rules.items.find(({ id }) => id === ORPHAN)).toMatchObject({
      subject: "configuration",
      counts: { pass: 5, fail: 1, unknown: 0, notApplicable: 0 },
      openFindings: 1,
    });
  });
});

describe("the newest revision of a configuration", () => {
  const current = async () => {
    const rows = await harness.db.rows<{ outcome: string; count: number }>(
      `SELECT rule_results ->> 'configuration-current' AS outcome, count(*)::int AS count FROM broker WHERE gone_at IS NULL GROUP BY 1`,
    );
    return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
  };

  it("is what the listing tells: a broker on it passes, one behind a revision that nobody uses fails", async () => {
    expect(await current()).toEqual({ pass: 6 });
    harness.mutate({ broker: someBroker()?.id, configuration: { data: "<broker/>", onlyWritten: true } });
    harness.setTime("2026-11-02T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(await current()).toEqual({ pass: 5, fail: 1 });
  });

  it("is not known any more when the listing is older than three days", async () => {
    harness.fault({ service: "mq", operation: "ListConfigurations", kind: "deny" });
    harness.setTime("2026-11-06T06:00:00Z");
    await harness.sync(WITH_LIST);
    expect(await current()).toEqual({ unknown: 6 });
  });
});
