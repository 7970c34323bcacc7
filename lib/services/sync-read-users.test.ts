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
/** Syncs till every user that is listed was told of. */
async function allKnown(): Promise<void> {
  for (let before = -1; before < asked(); ) {
    before = asked();
    await harness.sync(WITH_USERS);
  }
}
const ADMIN = { name: "admin", consoleAccess: true, groups: ["admins"], replicationUser: false };

describe("reading users of brokers", () => {
  it("asks for one user per 25 brokers of a region and sync, till all are known, and then for none while nothing changes", async () => {
    const first = await harness.sync(WITH_USERS);
    const listed = (await ask.brokers()).flatMap(({ attributes }) => attributes.users ?? []).length;
    expect(listed).toBeGreaterThan(1);
    expect(await ask.outcome(first.runId, "mq-users")).toMatchObject({
      status: "complete",
      itemCount: 1,
      message: `${listed - 1} more to be asked for by later syncs.`,
    });
    expect(asked()).toBe(1);
    for (let done = 1; done < listed; done += 1) {
      harness.setTime(`2026-11-01T${String(6 + done).padStart(2, "0")}:00:00Z`);
      await harness.sync(WITH_USERS);
    }
    expect(asked()).toBe(listed);
    expect(await usersOf((await activeBroker()).id)).toEqual([ADMIN]);
    harness.setTime("2026-11-03T06:00:00Z");
    const { runId } = await harness.sync(WITH_USERS);
    expect(asked()).toBe(listed);
    expect(await ask.outcome(runId, "mq-users")).toMatchObject({ status: "complete", itemCount: 0, message: null });
  });

  it("asks again for a user whose pending change came or went before any other, and forgets one that is listed no more", async () => {
    await allKnown();
    const { id, name } = await activeBroker();
    const before = asked();
    const admin = { username: "admin", groups: ["admins"], consoleAccess: true };
    const app = { username: "app", groups: ["apps"] };
    harness.mutate({ broker: name, set: { users: [{ ...admin, pendingChange: "UPDATE" }, app] } });
    harness.setTime("2026-11-02T12:00:00Z");
    await harness.sync(WITH_USERS);
    harness.setTime("2026-11-02T13:00:00Z");
    await harness.sync(WITH_USERS);
    expect(asked() - before).toBe(2);
    harness.mutate({ broker: name, set: { users: [{ ...admin, consoleAccess: false }] } });
    harness.setTime("2026-11-02T18:00:00Z");
    await harness.sync(WITH_USERS);
    expect(asked() - before).toBe(3);
    expect(await usersOf(id)).toEqual([{ ...ADMIN, consoleAccess: false }]);
  });

  it("asks for old ones again after a month, so that nothing stays unseen for ever", async () => {
    await allKnown();
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
