import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadUsers } from "@/lib/db/broker-user-store";
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
