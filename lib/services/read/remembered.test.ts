import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import { databaseSnapshot } from "@/lib/db/database-snapshot";
import type { Ctx } from "@/lib/services/ctx";
import { remembered } from "@/lib/services/read/remembered";
import { ctxAt } from "@/lib/testing/cost-fixtures";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

let database: TestDatabase;
let db: Database;
let ctx: Ctx;
let computed: number;

beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
});
afterAll(() => database.close());
beforeEach(startAnew);

/** A handle of its own, so that nothing sees what another left. */
function startAnew(): void {
  ctx = ctxAt({ ...db }, "2026-11-21T12:00:00Z");
  computed = 0;
}

/** Does it again until nobody wrote meanwhile: tests of other files write to other databases of the same server, and share its transaction ids. */
async function undisturbed(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    startAnew();
    const before = await databaseSnapshot(db);
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= 50 || before === (await databaseSnapshot(db))) throw error;
    }
  }
}

const ask = (input: object = {}, who = ctx) =>
  remembered({ ctx: who, input }, "test", async () => ({ nth: ++computed }));
const write = (to: Database, name: string) =>
  to.execute("INSERT INTO data_version (name, version) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING", name);

describe("an answer", () => {
  it("is computed once for all who ask the same, also at the same time", () =>
    undisturbed(async () => {
      const answers = await Promise.all([ask(), ask(), ask()]);
      expect(answers).toEqual([{ nth: 1 }, { nth: 1 }, { nth: 1 }]);
      expect(await ask()).toBe(answers[0]);
    }));

  it("is another one for another question and for another person", async () => {
    await ask();
    expect(await ask({ engine: ["ACTIVEMQ"] })).toEqual({ nth: 2 });
    expect(await ask({}, ctxAt(ctx.db, "2026-11-21T12:00:00Z", "somebody else"))).toEqual({ nth: 3 });
  });

  it("is computed anew once anything was written, by whatever connection", async () => {
    await ask();
    const other = await database.open();
    await write(other, "remembered a");
    expect(await ask()).toEqual({ nth: 2 });
  });

  it("that was computed while somebody wrote does not outlive the commit", async () => {
    await db.transaction(async (tx) => {
      await write(tx, "remembered b");
      await undisturbed(async () => {
        expect(await ask()).toEqual({ nth: 1 });
        expect(await ask()).toEqual({ nth: 1 });
      });
    });
    expect(await ask()).toEqual({ nth: 2 });
  });

  it("ages with the business clock", () =>
    undisturbed(async () => {
      await ask();
      expect(await ask({}, ctxAt(ctx.db, "2026-11-21T12:00:09Z"))).toEqual({ nth: 1 });
      expect(await ask({}, ctxAt(ctx.db, "2026-11-21T12:00:10Z"))).toEqual({ nth: 2 });
    }));

  it("that failed is not kept", async () => {
    const failing = () => remembered({ ctx, input: {} }, "test", async () => Promise.reject(new Error("away")));
    await expect(failing()).rejects.toThrow("away");
    expect(await ask()).toEqual({ nth: 1 });
  });
});
