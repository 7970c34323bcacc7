import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type Database, openDatabase } from "@/lib/db/client";
import { createGraphileQueue } from "@/lib/jobs/graphile-queue";
import { TEST_SECRET } from "@/lib/testing/add-administrator";
import { testDatabase } from "@/lib/testing/database";
import { startHttpReceiver, startSmtpReceiver } from "@/lib/testing/receivers";
import { type Figure, rounded, type Section } from "@/scripts/bench/figure";
import { projectRoot } from "@/scripts/project-root";
import { nodeArguments } from "@/scripts/supervisor/plan";

const MESSAGES = 10_000;
const MAILS = 1_000;
const LIMIT_SECONDS = 60;
/** Messages that a worker has in its hands at a time: as many it may leave half-sent. */
const LANES = 8;
const GIVE_UP_MS = 240_000;

/** How messages stand, by state. */
type States = Readonly<Record<string, number>>;

/**
 * The outbox of a real worker process, which is killed (SIGKILL) when half is sent and started again. Webhooks: nothing may be lost, and the receiver, which
 * drops keys it knows, may act on nothing twice. Mails: none may be sent twice; what was under way is shown as perhaps sent.
 */
export async function notificationsSection(): Promise<Section> {
  const webhooks = await run("webhook", MESSAGES);
  const mails = await run("email", MAILS);
  const figures: Figure[] = [
    {
      name: `${MESSAGES} notifications by webhook, the worker killed half-way and started again`,
      value: rounded(webhooks.seconds),
      unit: "s",
      limit: LIMIT_SECONDS,
      comparison: `from the start of the first worker; ${webhooks.atKill} had been taken when it was killed`,
    },
    {
      name: "Webhook notifications the receiver never got",
      value: MESSAGES - webhooks.distinct,
      unit: "messages",
      limit: 0,
    },
    {
      name: "Webhook requests repeated under a key that the receiver knows, and drops",
      value: webhooks.received - webhooks.distinct,
      unit: "requests",
      limit: LANES,
      comparison: "at most what the worker had in its hands",
    },
    {
      name: `Mails sent twice, of ${MAILS}, the worker killed half-way`,
      value: mails.received - mails.distinct,
      unit: "mails",
      limit: 0,
      comparison: `${rounded(mails.seconds)} s; ${mails.atKill} had been taken when it was killed`,
    },
    {
      name: "Mails neither sent nor shown as perhaps sent",
      value: MAILS - (mails.states.sent ?? 0) - (mails.states.unconfirmed ?? 0),
      unit: "mails",
      limit: 0,
    },
    {
      name: "Mails shown as perhaps sent",
      value: mails.states.unconfirmed ?? 0,
      unit: "mails",
      limit: LANES,
      comparison: `the server has ${mails.distinct} of ${MAILS}`,
    },
  ];
  return {
    section: "notifications",
    setup: `one message per notification, receivers on loopback in the bench's own process, ${LANES} under way at a time`,
    figures,
  };
}

interface Outcome {
  seconds: number;
  atKill: number;
  received: number;
  distinct: number;
  states: States;
}

async function run(kind: "webhook" | "email", count: number): Promise<Outcome> {
  const http = kind === "webhook" ? await startHttpReceiver() : null;
  const smtp = kind === "email" ? await startSmtpReceiver() : null;
  const keys = (): string[] =>
    http
      ? http.requests.map(({ headers }) => String(headers["idempotency-key"]))
      : (smtp?.mails.map(({ messageId }) => messageId) ?? []);
  const taken = () => (http ? http.requests.length : (smtp?.mails.length ?? 0));
  const database = await testDatabase();
  const db = openDatabase({ url: database.url, maxConnections: 2 });
  let worker: ChildProcess | null = null;
  try {
    const settings = http
      ? { url: http.url }
      : { host: "127.0.0.1", port: smtp?.port, security: "none", from: "bench@example.com", user: "" };
    await seed(db, kind, settings, count);
    const start = performance.now();
    worker = startWorker(database.url);
    await until(async () => taken() >= count / 2);
    const atKill = taken();
    await killed(worker);
    worker = startWorker(database.url);
    let states: States = {};
    await until(async () => {
      states = await statesOf(db);
      return (states.queued ?? 0) + (states.sending ?? 0) === 0;
    });
    const seconds = (performance.now() - start) / 1000;
    return { seconds, atKill, received: taken(), distinct: new Set(keys()).size, states };
  } finally {
    if (worker) await killed(worker);
    await db.close();
    await database.close();
    await http?.close();
    await smtp?.close();
  }
}

function startWorker(databaseUrl: string): ChildProcess {
  const root = projectRoot();
  return spawn(process.execPath, nodeArguments(root, join(root, "dist/worker-main.js")), {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      MQ_STEWARD_SECRET: TEST_SECRET,
      AWS_EC2_METADATA_DISABLED: "true",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

function killed(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    worker.once("exit", () => resolve());
    worker.kill("SIGKILL");
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error("the outbox did not empty in time; is the build there?");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function statesOf(db: Database): Promise<States> {
  const rows = await db.rows<{ state: string; count: number }>(
    `SELECT state, count(*)::int AS count FROM notification_message GROUP BY state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

async function seed(db: Database, kind: string, settings: object, count: number): Promise<void> {
  await db.execute(
    `INSERT INTO setting (key, value, updated_at, updated_by) VALUES ('notifications', $1::jsonb, now(), 'bench')`,
    JSON.stringify({
      publicAddress: "https://steward.example.com",
      timeZone: "UTC",
      digestHour: 8,
      weeklyDay: 1,
      quietHours: null,
      quietForCritical: false,
      escalateAfterDays: 7,
      allowedAddresses: ["127.0.0.1"],
    }),
  );
  await db.execute(
    `INSERT INTO notification_channel (kind, name, settings, created_at, updated_at, updated_by) VALUES ($1, 'Bench', $2::jsonb, now(), now(), 'bench')`,
    kind,
    JSON.stringify(settings),
  );
  await db.execute(
    `INSERT INTO notification_event (key, kind, severity, finding_id, facts, occurred_at, routed_at)
     SELECT 'bench:' || n, 'sla-breached', 3, n, jsonb_build_object('summary', 'General logs are not sent to CloudWatch', 'broker', 'bench-' || n, 'dueOn', '2026-11-20'), now(), now()
       FROM generate_series(1, $1::int) n`,
    count,
  );
  await db.execute(
    `INSERT INTO notification_message (channel_id, recipient, batch_key, delivery, severity, due_at, idempotency_key, created_at)
     SELECT c.id, CASE WHEN c.kind = 'email' THEN 'p' || e.id || '@example.com' ELSE '' END, 'once:' || e.id, 'at-once', 3, now(), gen_random_uuid()::text, now()
       FROM notification_event e CROSS JOIN notification_channel c`,
  );
  await db.execute(
    `INSERT INTO notification_delivery (event_id, channel_id, recipient, message_id)
     SELECT e.id, m.channel_id, m.recipient, m.id FROM notification_message m JOIN notification_event e ON m.batch_key = 'once:' || e.id`,
  );
  await createGraphileQueue(db).add("send-notifications", {}, { key: "send-notifications", lane: "notifications" });
}
