import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGateway } from "@/lib/aws/create-gateway";
import type { Database } from "@/lib/db/client";
import { fixedClock, wallClock } from "@/lib/domain/clock";
import { createMemoryQueue } from "@/lib/jobs/memory-queue";
import type { SendOutcome, Transports } from "@/lib/notifications/define-channel";
import type { Ctx } from "@/lib/services/ctx";
import { sendNotifications } from "@/lib/services/send-notifications";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { deriveInTests } from "@/lib/testing/example-link";

const MESSAGES = 24;
const NOW = new Date("2026-11-20T08:00:00Z");

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
});
afterAll(() => database.close());

const aws = createGateway({ wall: wallClock, log: pino({ level: "silent" }) });
const ctxOn = (on: Database): Ctx => ({
  clock: fixedClock(NOW),
  wall: wallClock,
  db: on,
  aws,
  queue: createMemoryQueue(),
  log: pino({ level: "silent" }),
  actor: { kind: "system", name: "system:test", permissions: "all" },
  requestId: null,
});
const never = <T>(): Promise<T> => new Promise(() => {});

/** Messages by one channel of a kind, each of its own. */
async function fill(kind: "webhook" | "email"): Promise<void> {
  await db.execute(
    `TRUNCATE notification_delivery, notification_message, notification_event, notification_channel CASCADE`,
  );
  const settings =
    kind === "webhook"
      ? { url: "https://hooks.example.com/" }
      : { host: "mail.example.com", port: 587, security: "starttls", from: "steward@example.com", user: "" };
  await db.execute(
    `INSERT INTO notification_channel (kind, name, settings, created_at, updated_at, updated_by) VALUES ($1, 'Test', $2::jsonb, now(), now(), 'test')`,
    kind,
    JSON.stringify(settings),
  );
  await db.execute(
    `INSERT INTO notification_message (channel_id, recipient, batch_key, delivery, severity, due_at, idempotency_key, created_at)
     SELECT c.id, 'p' || n || '@example.com', 'once:' || n, 'at-once', 4, $2, 'key-' || n, $2 FROM notification_channel c, generate_series(1, $1::int) n`,
    MESSAGES,
    NOW,
  );
}

/** What the receiver took, by key, in order, with repetitions. */
type Taken = string[];

interface Kill {
  /** The send at which the worker is killed, from 1. */
  at: number;
  /** Whether the receiver has taken that one. */
  taken: boolean;
}

/** A worker that is killed at one of its sends: from then on nothing of it is done or written any more. Resolves when it is dead, or has ended. */
async function runWorker(taken: Taken, kill: Kill | null, outcomeOf: (key: string) => SendOutcome): Promise<void> {
  let sends = 0;
  let dead = false;
  let die = () => {};
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const take = async (key: string): Promise<SendOutcome> => {
    if (dead) return never();
    sends += 1;
    const killed = kill !== null && sends === kill.at;
    const outcome = outcomeOf(key);
    if (killed ? kill.taken : outcome.kind !== "refused") taken.push(key);
    if (!killed) return outcome;
    dead = true;
    die();
    return never();
  };
  const transports: Transports = {
    http: ({ headers }) => take(headers["idempotency-key"] ?? ""),
    smtp: ({ headers }) => take(headers["X-MQ-Steward-Key"] ?? ""),
    sns: () => never(),
    wallNow: () => wallClock.now(),
  };
  const underWay = new Set<Promise<unknown>>();
  const alive = <T>(statement: () => Promise<T>): Promise<T> => {
    if (dead) return never<T>();
    const running = statement();
    underWay.add(running);
    return running;
  };
  const mortal: Database = {
    ...db,
    rows: <T>(sql: string, ...params: readonly unknown[]) => alive(() => db.rows<T>(sql, ...params)),
    execute: (sql, ...params) => alive(() => db.execute(sql, ...params)),
  };
  const ended = sendNotifications({ ctx: ctxOn(mortal), input: { derive: deriveInTests, transports } });
  await Promise.race([died, ended]);
  // Statements that had left before the kill end in the database.
  if (dead) await Promise.allSettled(underWay);
}

const SENT: SendOutcome = { kind: "sent", detail: "ok" };
const kills = fc.array(fc.record({ at: fc.integer({ min: 1, max: 15 }), taken: fc.boolean() }), { maxLength: 3 });
const states = async (): Promise<Record<string, number>> => {
  const rows = await db.rows<{ state: string; count: number }>(
    `SELECT state, count(*)::int AS count FROM notification_message GROUP BY state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

describe("a worker that is killed while it sends", () => {
  it("loses no webhook, and repeats none but under its key", async () => {
    await fc.assert(
      fc.asyncProperty(kills, async (killed) => {
        await fill("webhook");
        const taken: Taken = [];
        for (const kill of [...killed, null]) await runWorker(taken, kill, () => SENT);
        expect(new Set(taken).size).toBe(MESSAGES);
        expect(taken.length - MESSAGES).toBeLessThanOrEqual(8 * killed.length);
        expect(await states()).toEqual({ sent: MESSAGES });
      }),
      { numRuns: 4, seed: 7 },
    );
  });

  it("sends no mail twice, and shows each that it perhaps sent", async () => {
    await fc.assert(
      fc.asyncProperty(kills, async (killed) => {
        await fill("email");
        const taken: Taken = [];
        for (const kill of [...killed, null]) await runWorker(taken, kill, () => SENT);
        expect(new Set(taken).size, "nobody gets one twice").toBe(taken.length);
        const { sent = 0, unconfirmed = 0, ...others } = await states();
        expect(others).toEqual({});
        expect(sent + unconfirmed).toBe(MESSAGES);
        expect(unconfirmed).toBeLessThanOrEqual(8 * killed.length);
        expect(taken.length).toBeGreaterThanOrEqual(sent);
      }),
      { numRuns: 4, seed: 7 },
    );
  });
});

describe("an answer that never came", () => {
  const unknown: SendOutcome = { kind: "unknown", message: "cut" };

  it.each([
    ["webhook", "queued"],
    ["email", "unconfirmed"],
  ] as const)("makes what went by %s %s", async (kind, state) => {
    await fill(kind);
    const taken: Taken = [];
    await runWorker(taken, null, (key) => (key === "key-3" ? unknown : SENT));
    const [row] = await db.rows<{ state: string; error: string }>(
      `SELECT state, last_error AS error FROM notification_message WHERE idempotency_key = 'key-3'`,
    );
    expect(row).toEqual({ state, error: "cut" });
    expect(taken.filter((key) => key === "key-3").length).toBe(1);
  });
});
