import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadUsers, storeUsers, userNeeds } from "@/lib/db/broker-user-store";
import { usersPerSync } from "@/lib/services/sync-read-users";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const WITH_USERS = { leaveOut: INVENTORY_ONLY.filter((source) => source !== "mq-users") };

let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;

beforeEach(async () => {
  harness = await syncHarness();
  ask = harnessQueries(harness.db);
});
afterEach(() => harness.close());

const asked = () => harness.requestsOf("mq", "DescribeUser");
const activeBroker = async () => {
  const broker = (await ask.brokers()).find(({ attributes }) => attributes.engine === "ACTIVEMQ");
  if (!broker) throw new Error("no ActiveMQ broker");
  return broker;
};
const usersOf = async (id: number) =>
  ((await loadUsers(harness.db, [id])).get(id) ?? []).map(({ observedAt: _at, ...user }) => user);
const ADMIN = { name: "admin", consoleAccess: true, groups: ["admins"], replicationUser: false };

describe("how many users a sync asks for", () => {
  it.each([
    ["all of a small account", { ofAccount: 100, ofRegion: 40 }, null],
    ["one per 16 brokers of a large one", { ofAccount: 1_000, ofRegion: 143 }, 9],
    ["one at least", { ofAccount: 1_000, ofRegion: 1 }, 1],
    ["none without brokers", { ofAccount: 1_000, ofRegion: 0 }, 0],
  ])("%s", (_, counts, most) => expect(usersPerSync(counts)).toBe(most));

  it("goes on with those that wait, which the outcome counts", async () => {
    await harness.sync();
    const { id } = await activeBroker();
    const [scope] = await harness.db.rows<{ accountId: string; region: string }>(
      `SELECT account_id AS "accountId", region FROM broker WHERE id = $1`,
      id,
    );
    if (!scope) throw new Error("no scope");
    const limits = { refreshBefore: new Date("2026-10-01"), most: 1 };
    const first = await userNeeds(harness.db, scope, limits);
    expect(first.now).toHaveLength(1);
    const all = await userNeeds(harness.db, scope, { ...limits, most: null });
    expect(first.later).toBe(all.now.length - 1);
    expect(all.later).toBe(0);
    await storeUsers(
      harness.db,
      scope,
      first.now.map((need) => ({ ...need, consoleAccess: null, groups: [], replicationUser: null })),
      new Date("2026-11-01"),
    );
    const second = await userNeeds(harness.db, scope, { ...limits, most: null });
    expect(second.now).toEqual(all.now.slice(1));
  });
});

describe("reading users of brokers", () => {
  it("asks once for each user that a broker lists, and for none while nothing changes, whatever the day", async () => {
    const { runId } = await harness.sync(WITH_USERS);
    const brokers = (await ask.brokers()).filter(({ attributes }) => (attributes.users ?? []).length > 0);
    expect(await ask.outcome(runId, "mq-users")).toMatchObject({ status: "complete", itemCount: brokers.length });
    expect(asked()).toBe(brokers.length);
    expect(await usersOf((await activeBroker()).id)).toEqual([ADMIN]);
    for (const time of ["2026-11-01T12:00:00Z", "2026-11-02T06:00:00Z", "2026-11-03T06:00:00Z"]) {
      harness.setTime(time);
      await harness.sync(WITH_USERS);
    }
    expect(asked()).toBe(brokers.length);
  });

  it("asks again for a user whose pending change came or went, and forgets one that is listed no more", async () => {
    await harness.sync(WITH_USERS);
    const { id, name } = await activeBroker();
    const before = asked();
    const admin = { username: "admin", groups: ["admins"], consoleAccess: true };
    const app = { username: "app", groups: ["apps"] };
    harness.mutate({ broker: name, set: { users: [{ ...admin, pendingChange: "UPDATE" }, app] } });
    harness.setTime("2026-11-01T12:00:00Z");
    await harness.sync(WITH_USERS);
    expect(asked() - before).toBe(2);
    harness.mutate({ broker: name, set: { users: [{ ...admin, consoleAccess: false }] } });
    harness.setTime("2026-11-01T18:00:00Z");
    await harness.sync(WITH_USERS);
    expect(asked() - before).toBe(3);
    expect(await usersOf(id)).toEqual([{ ...ADMIN, consoleAccess: false }]);
  });

  it("asks for a few old ones again after a month, so that nothing stays unseen for ever", async () => {
    await harness.sync(WITH_USERS);
    const before = asked();
    harness.setTime("2026-12-05T06:00:00Z");
    await harness.sync(WITH_USERS);
    expect(asked() - before).toBe(1);
  });

  it("is unsupported where the endpoint does not know it: one request for the region, and nothing else is partial", async () => {
    harness.fault({ service: "mq", operation: "DescribeUser", kind: "unknown-operation" });
    const { runId, status } = await harness.sync(WITH_USERS);
    expect(status).toBe("complete");
    expect(await ask.outcome(runId, "mq-users")).toMatchObject({ status: "unsupported" });
    // Those under way when the first answer came.
    expect(asked()).toBeLessThanOrEqual(16);
    expect(await usersOf((await activeBroker()).id)).toEqual([]);
  });
});
