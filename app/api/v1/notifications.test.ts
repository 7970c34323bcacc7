import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditPage } from "@/lib/contracts/audit";
import {
  acknowledgementDone,
  acknowledgementView,
  type ChannelItem,
  channelItem,
  notificationRule,
  notificationSetup,
  outboxMessage,
  outboxPage,
  testMessageResult,
} from "@/lib/contracts/notifications";
import { resolveClaimed } from "@/lib/db/notification-outbox-store";
import { deriveNotifications } from "@/lib/services/derive-notifications";
import { sendNotifications } from "@/lib/services/send-notifications";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor, NOBODY } from "@/lib/testing/build-actor";
import { deriveInTests } from "@/lib/testing/example-link";
import { type HttpReceiver, type SmtpReceiver, startHttpReceiver, startSmtpReceiver } from "@/lib/testing/receivers";
import { INVENTORY_ONLY } from "@/lib/testing/sync-harness";

const BROKERS = ["checkout-orders", "route-planner"];
const LEFT_OUT = [...INVENTORY_ONLY];
const PASSWORD = "smtp-Passw0rd-of-nobody";
const PUBLIC = "https://steward.example.com";

let api: ApiHarness;
let smtp: SmtpReceiver;
let hook: HttpReceiver;
let email: ChannelItem;
let webhook: ChannelItem;
/** What the receiver of webhooks says to the next requests; 204 when nothing is left. */
const answers: { status: number; headers?: Record<string, string> }[] = [];

const call = async (method: string, path: string, body?: unknown, status = 200) => {
  const answer = await api.call(method, `/api/v1${path}`, body === undefined ? {} : { body });
  expect(answer.status, answer.text).toBe(status);
  return answer.json();
};
const send = async () => sendNotifications({ ctx: await api.ctx(), input: { derive: deriveInTests } });
const deriveNow = async () => deriveNotifications({ ctx: await api.ctx() });
const outbox = async (search = "") => outboxPage.parse(await api.get(`/api/v1/notifications/outbox${search}`));
const rows = async <T>(sql: string, ...params: unknown[]): Promise<T[]> => (await api.ctx()).db.rows<T>(sql, ...params);
const auditOf = async (action: string) => auditPage.parse(await api.get(`/api/v1/audit?action=${action}`)).items;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS, historyDays: 40 });
  smtp = await startSmtpReceiver();
  hook = await startHttpReceiver((_request, response) => {
    const { status, headers } = answers.shift() ?? { status: 204 };
    response.writeHead(status, headers).end();
  });
  await api.connect();
  await api.sync("2026-11-18T06:00:00Z", LEFT_OUT);
}, 120_000);
afterAll(async () => {
  await api.close();
  await smtp.close();
  await hook.close();
});
afterEach(() => {
  api.actAs(null);
  answers.length = 0;
});

describe("channels", () => {
  it("make no events before there is one", async () => {
    expect(await deriveNow()).toEqual({ events: 0, routed: 0 });
  });

  it("are added with secrets that are stored sealed and never told again", async () => {
    await call("PATCH", "/settings", {
      notifications: {
        publicAddress: PUBLIC,
        timeZone: "Europe/Lisbon",
        digestHour: 8,
        weeklyDay: 1,
        quietHours: null,
        quietForCritical: false,
        escalateAfterDays: 7,
        allowedAddresses: ["127.0.0.1"],
      },
    });
    email = channelItem.parse(
      await call(
        "POST",
        "/notifications/channels",
        {
          kind: "email",
          name: "Mail",
          settings: { host: "127.0.0.1", port: smtp.port, security: "none", from: "steward@example.com", user: "" },
          secrets: { password: { value: PASSWORD } },
        },
        201,
      ),
    );
    expect(email.secrets).toEqual({ password: { from: "stored", variable: null } });
    webhook = channelItem.parse(
      await call(
        "POST",
        "/notifications/channels",
        {
          kind: "webhook",
          name: "Hook",
          settings: { url: hook.url },
          secrets: { signingSecret: { variable: "MQ_STEWARD_NOTIFY_TEST" } },
        },
        201,
      ),
    );
    expect(webhook.secrets).toEqual({ signingSecret: { from: "variable", variable: "MQ_STEWARD_NOTIFY_TEST" } });
    const told = [
      JSON.stringify(await api.get("/api/v1/notifications")),
      JSON.stringify(await api.get("/api/v1/audit")),
      JSON.stringify(await rows("SELECT settings, secrets FROM notification_channel")),
    ];
    for (const text of told) expect(text).not.toContain(PASSWORD);
    expect(told[2]).toContain("v1.");
  });

  it.each([
    [
      "settings that its kind has not",
      { kind: "slack", name: "S", settings: { host: "x" }, secrets: { url: { value: "https://a.example" } } },
    ],
    ["no address", { kind: "slack", name: "S", settings: {} }],
    [
      "an address that is none",
      { kind: "teams", name: "T", settings: {}, secrets: { url: { value: "javascript:1" } } },
    ],
    [
      "a secret of another kind",
      {
        kind: "sns",
        name: "N",
        settings: { topicArn: "arn:aws:sns:eu-west-1:111122223333:a" },
        secrets: { url: { value: "https://a.example" } },
      },
    ],
    [
      "a variable of somebody else",
      { kind: "slack", name: "S", settings: {}, secrets: { url: { variable: "AWS_SECRET_ACCESS_KEY" } } },
    ],
  ])("are refused with %s, and nothing is left behind", async (_what, body) => {
    await call("POST", "/notifications/channels", body, 400);
    expect(notificationSetup.parse(await api.get("/api/v1/notifications")).channels.length).toBe(2);
  });

  it("send a test message, past the outbox, or say why not", async () => {
    const test = async (id: number, body: object) =>
      testMessageResult.parse(await call("POST", `/notifications/channels/${id}/test`, body));
    expect(await test(email.id, { recipient: "Somebody@example.com" })).toMatchObject({ sent: true });
    expect(smtp.mails.pop()).toMatchObject({ to: "Somebody@example.com" });
    process.env.MQ_STEWARD_NOTIFY_TEST = "";
    expect((await test(webhook.id, {})).message).toContain("MQ_STEWARD_NOTIFY_TEST is not set");
    process.env.MQ_STEWARD_NOTIFY_TEST = "signing";
    expect(await test(webhook.id, {})).toMatchObject({ sent: true });
    expect(hook.requests.pop()?.headers["webhook-signature"]).toMatch(/^v1,/);
    answers.push({ status: 503 });
    expect(await test(webhook.id, {})).toEqual({ sent: false, message: "HTTP 503" });
    hook.requests.length = 0;
    expect((await auditOf("notification-channel.test")).length).toBe(4);
  });

  it("keep what is left out of a change, and go with their secrets", async () => {
    const moved = { settings: { ...email.settings, host: "mail.example.org" } };
    const refused = await call("PATCH", `/notifications/channels/${email.id}`, moved, 400);
    expect(refused, "a stored password goes to no other server").toMatchObject({
      detail: "Give the password again: it was stored for another server.",
    });
    const changed = await call("PATCH", `/notifications/channels/${email.id}`, { name: "Post" });
    expect(channelItem.parse(changed)).toMatchObject({ name: "Post", secrets: email.secrets });
    const gone = channelItem.parse(
      await call(
        "POST",
        "/notifications/channels",
        { kind: "slack", name: "S", settings: {}, secrets: { url: { value: "https://a.example" } } },
        201,
      ),
    );
    await call("DELETE", `/notifications/channels/${gone.id}`);
    await call("PATCH", `/notifications/channels/${gone.id}`, { name: "X" }, 404);
    expect(await rows("SELECT secrets FROM notification_channel WHERE id = $1::int", gone.id)).toEqual([
      { secrets: {} },
    ]);
  });
});

describe("routing rules", () => {
  it("exist from the start as digests, with at once for critical alone, and are added, changed and removed", async () => {
    const { rules } = notificationSetup.parse(await api.get("/api/v1/notifications"));
    for (const rule of rules.filter(({ delivery }) => delivery === "at-once"))
      expect(rule.leastSeverity).toBe("critical");
    const input = {
      name: "All to the hook",
      kinds: ["sla-near"],
      leastSeverity: "low",
      audiences: ["platform"],
      delivery: "weekly",
      channelIds: [webhook.id],
    };
    const made = notificationRule.parse(await call("POST", "/notifications/rules", input, 201));
    const changed = notificationRule.parse(
      await call("PUT", `/notifications/rules/${made.id}`, { ...input, enabled: false }),
    );
    expect(changed).toMatchObject({ ...input, enabled: false });
    await call("PUT", `/notifications/rules/${made.id}`, { ...input, channelIds: [999_999] }, 400);
    await call("DELETE", `/notifications/rules/${made.id}`);
    await call("DELETE", `/notifications/rules/${made.id}`, undefined, 404);
    expect((await auditOf("notification-rule")).map(({ action }) => action).sort()).toEqual([
      "notification-rule.change",
      "notification-rule.create",
      "notification-rule.remove",
    ]);
  });
});

describe("events", () => {
  let owner: { id: number; key: string };
  let personId: string;

  it("are told once to each recipient, however often the sync repeats", async () => {
    const [most] = await rows<{ id: number; key: string }>(
      `SELECT o.id, o.key FROM owner o JOIN finding f ON f.owner_id = o.id AND f.state = 'open' GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 1`,
    );
    owner = most ?? { id: 0, key: "" };
    const ben = { name: "Ben Ode", email: "ben@example.com", role: "owner", owners: [owner.key] };
    personId = z.looseObject({ person: z.object({ id: z.string() }) }).parse(await call("POST", "/people", ben, 201))
      .person.id;
    await call("POST", "/people", { name: "Ada", email: "ada@example.com", role: "administrator" }, 201);
    await deriveNow();
    expect(
      await rows("SELECT id FROM notification_event WHERE key LIKE 'opened:%'"),
      "what was there is no news",
    ).toEqual([]);
    await rows("UPDATE notification_mark SET value = 0 WHERE name = 'episode' RETURNING name");
    const first = await deriveNow();
    expect(first.events).toBeGreaterThan(0);
    expect(await deriveNow()).toEqual({ events: 0, routed: 0 });
    const total = (await outbox()).total;
    expect(total).toBeGreaterThan(0);
    await api.sync("2026-11-18T07:00:00Z", LEFT_OUT);
    expect(await deriveNow()).toEqual({ events: 0, routed: 0 });
    expect((await outbox()).total).toBe(total);
    const doubled = await rows(
      `SELECT event_id FROM notification_delivery GROUP BY event_id, channel_id, recipient HAVING count(*) > 1`,
    );
    expect(doubled).toEqual([]);
  });

  it("wait for the digest's hour in the zone of the settings, but for critical ones", async () => {
    api.clock.set("2026-11-18T07:59:59Z");
    await send();
    const waiting = await outbox("?state=queued");
    expect(waiting.items.length).toBeGreaterThan(0);
    // Lisbon is at UTC in November; they came into being at 06:00.
    const daily = waiting.items.filter(({ delivery }) => delivery === "daily").map(({ dueAt }) => dueAt);
    expect(new Set(daily)).toEqual(new Set(["2026-11-18T08:00:00.000Z"]));
    expect(waiting.items.every(({ delivery }) => delivery !== "at-once")).toBe(true);
    expect((await send()).sent).toBe(0);
    api.clock.set("2026-11-18T08:00:00Z");
    expect((await send()).sent).toBeGreaterThan(0);
    expect((await send()).sent).toBe(0);
    const digests = smtp.mails.filter(({ to, raw }) => to === "ben@example.com" && raw.includes("daily digest"));
    expect(digests.length).toBe(1);
  });

  it("that a setting of quiet hours holds back are sent when they end", async () => {
    api.clock.set("2026-11-19T08:00:00Z");
    const [event] = await rows<{ id: string }>(
      `INSERT INTO notification_event (key, kind, severity, facts, occurred_at) VALUES ('test:quiet', 'sync-failed', 4, '{"runId": 1}', now()) RETURNING id::text AS id`,
    );
    const { settings } = z
      .looseObject({ settings: z.looseObject({ notifications: z.looseObject({}) }) })
      .parse(await api.get("/api/v1/settings"));
    const quiet = { quietHours: { from: "07:00", until: "10:00" }, quietForCritical: true };
    await call("PATCH", "/settings", { notifications: { ...settings.notifications, ...quiet } });
    await deriveNow();
    await call("PATCH", "/settings", { notifications: settings.notifications });
    const due = await rows<{ due: Date }>(
      `SELECT m.due_at AS due FROM notification_delivery d JOIN notification_message m ON m.id = d.message_id WHERE d.event_id = $1::text::bigint`,
      event?.id,
    );
    expect(new Set(due.map((row) => row.due.toISOString()))).toEqual(new Set(["2026-11-19T10:00:00.000Z"]));
  });

  const linkOf = (): string => {
    const mail = smtp.mails.find(({ to, raw }) => to === "ben@example.com" && raw.includes("/acknowledge/"));
    const text = mail?.raw.replace(/=\r?\n/g, "") ?? "";
    return /\/acknowledge\/([\w-]+\.[\w-]+)/.exec(text)?.[1] ?? "no link";
  };

  it("are acknowledged by the link of a digest: shown first, done once, as the person it was sent to", async () => {
    const token = linkOf();
    api.actAs(NOBODY);
    const view = acknowledgementView.parse(await call("GET", `/acknowledgements/${token}`));
    expect(view).toMatchObject({ state: "open", person: { email: "ben@example.com" }, usedAt: null });
    const open = view.findings.filter(({ refused }) => refused === null);
    expect(open.length).toBeGreaterThan(0);
    // Looking changed nothing.
    expect(acknowledgementView.parse(await call("GET", `/acknowledgements/${token}`)).findings).toEqual(view.findings);
    const body = { note: "We upgrade in December.", targetOn: "2026-12-18" };
    const done = acknowledgementDone.parse(await call("POST", `/acknowledgements/${token}`, body));
    expect(done.acknowledged).toBe(open.length);
    await call("POST", `/acknowledgements/${token}`, body, 409);
    expect(acknowledgementView.parse(await call("GET", `/acknowledgements/${token}`)).state).toBe("used");
    api.actAs(null);
    const audited = await auditOf("finding.acknowledge");
    expect(audited.length).toBe(open.length);
    expect(new Set(audited.map(({ actor }) => actor))).toEqual(new Set(["ben@example.com"]));
    const states = await rows<{ state: string; assignee: string }>(
      `SELECT DISTINCT state, assignee FROM finding WHERE id = ANY($1::int[])`,
      open.map(({ id }) => id),
    );
    expect(states).toEqual([{ state: "acknowledged", assignee: "Ben Ode" }]);
  });

  it("are not acknowledged by a link that was changed, has expired, or whose person may act no more", async () => {
    const token = linkOf();
    const body = { note: "n", targetOn: "2026-12-18" };
    api.actAs(NOBODY);
    for (const wrong of ["x", `${token}x`, `x${token}`, token.replace(/\..*/, ".AAAA")])
      for (const method of ["GET", "POST"])
        await call(method, `/acknowledgements/${wrong}`, method === "POST" ? body : undefined, 404);
    await rows(`UPDATE notification_acknowledgement SET used_at = NULL RETURNING id`);
    api.clock.set("2026-11-26T08:00:00Z");
    expect(acknowledgementView.parse(await call("GET", `/acknowledgements/${token}`)).state).toBe("expired");
    await call("POST", `/acknowledgements/${token}`, body, 409);
    api.clock.set("2026-11-19T08:00:00Z");
    await rows(`UPDATE person SET role = 'viewer' WHERE id = $1 RETURNING id`, personId);
    await call("GET", `/acknowledgements/${token}`, undefined, 404);
    await rows(`UPDATE person SET role = 'owner' WHERE id = $1 RETURNING id`, personId);
    await rows(`DELETE FROM person_owner WHERE person_id = $1 RETURNING person_id`, personId);
    const view = acknowledgementView.parse(await call("GET", `/acknowledgements/${token}`));
    expect(view.findings.every(({ refused }) => refused !== null)).toBe(true);
    await call("POST", `/acknowledgements/${token}`, body, 409);
    expect(acknowledgementView.parse(await call("GET", `/acknowledgements/${token}`)).usedAt).toBeNull();
    api.actAs(null);
    await call("DELETE", `/people/${personId}/sessions`);
    api.actAs(NOBODY);
    const ended = acknowledgementView.parse(await call("GET", `/acknowledgements/${token}`));
    expect(ended.state, "whoever ends his sessions ends his links").toBe("expired");
  });
});

describe("the outbox", () => {
  /** A message of its own by a channel, due now. */
  const put = async (channel: ChannelItem, recipient = "") => {
    const [row] = await rows<{ id: string }>(
      `INSERT INTO notification_message (channel_id, recipient, batch_key, delivery, severity, due_at, idempotency_key, created_at)
       VALUES ($1::int, $2, $3, 'at-once', 4, $4, $3, $4) RETURNING id::text AS id`,
      channel.id,
      recipient,
      randomUUID(),
      api.clock.now(),
    );
    return row?.id ?? "";
  };
  const one = async (id: string) =>
    (
      await rows<{ state: string; attempts: number; error: string | null; waits: number }>(
        `SELECT state, attempts, last_error AS error, EXTRACT(epoch FROM next_attempt_at - now())::float AS waits FROM notification_message WHERE id = $1::text::bigint`,
        id,
      )
    )[0];

  beforeAll(async () => {
    // Nothing else waits.
    await rows(`UPDATE notification_message SET state = 'dead' WHERE state = 'queued' RETURNING id`);
    await rows(`DELETE FROM notification_message WHERE state = 'dead' RETURNING id`);
    api.clock.set("2026-11-19T08:30:00Z");
    hook.requests.length = 0;
  });

  it("tries again later what the receiver could not take, under the same key, as late as it asks", async () => {
    answers.push({ status: 429, headers: { "retry-after": "600" } });
    const id = await put(webhook);
    expect(await send()).toMatchObject({ sent: 0, failed: 1, more: false });
    const waiting = await one(id);
    expect(waiting).toMatchObject({ state: "queued", attempts: 1, error: "HTTP 429" });
    expect(waiting?.waits).toBeGreaterThan(590);
    expect((await outbox("?state=failing")).items.map((item) => item.id)).toEqual([id]);
    await rows(
      `UPDATE notification_message SET next_attempt_at = now() - interval '1 second' WHERE id = $1::text::bigint RETURNING id`,
      id,
    );
    expect((await send()).sent).toBe(1);
    expect(new Set(hook.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(hook.requests.length).toBe(2);
  });

  it("leaves a failing channel alone for the rest of the job", async () => {
    const ids = [];
    for (let index = 0; index < 30; index += 1) ids.push(await put(webhook));
    hook.requests.length = 0;
    answers.push(...Array.from({ length: 30 }, () => ({ status: 500 })));
    const { failed } = await send();
    expect(failed).toBeLessThanOrEqual(8);
    answers.length = 0;
    await rows(`UPDATE notification_message SET next_attempt_at = NULL WHERE state = 'queued' RETURNING id`);
    expect((await send()).sent).toBe(30);
  });

  it("gives up what is refused for good, shows it, and sends it again when asked", async () => {
    answers.push({ status: 410 });
    const id = await put(webhook);
    await send();
    expect((await outbox("?state=dead")).items).toMatchObject([{ id, lastError: "HTTP 410", state: "dead" }]);
    api.actAs(buildPersonActor({ role: "manager" }));
    expect((await outbox("?state=dead")).items.length).toBe(1);
    await call("POST", `/notifications/outbox/${id}/resend`, undefined, 403);
    api.actAs(null);
    expect(outboxMessage.parse(await call("POST", `/notifications/outbox/${id}/resend`))).toMatchObject({
      state: "queued",
      attempts: 0,
    });
    await call("POST", `/notifications/outbox/${id}/resend`, undefined, 409);
    await send();
    expect((await one(id))?.state).toBe("sent");
    await call("POST", `/notifications/outbox/${id}/resend`, undefined, 409);
    expect((await auditOf("notification.resend")).length).toBe(1);
  });

  it("sends nothing to somebody who may no longer sign in", async () => {
    const id = await put(email, "gone@example.com");
    await rows(
      `INSERT INTO person (id, name, email, role, disabled_at, created_at, updated_at) VALUES ('gone', 'Gone', 'gone@example.com', 'owner', now(), now(), now()) RETURNING id`,
    );
    await rows(`UPDATE notification_message SET person_id = 'gone' WHERE id = $1::text::bigint RETURNING id`, id);
    await send();
    expect(await one(id)).toMatchObject({ state: "dead", error: "The person may no longer sign in." });
    expect(smtp.mails.filter(({ to }) => to === "gone@example.com")).toEqual([]);
  });

  it("sends nothing by a channel that is off, and gives up what waits for one that is removed", async () => {
    await call("PATCH", `/notifications/channels/${webhook.id}`, { enabled: false });
    const id = await put(webhook);
    expect(await send()).toMatchObject({ sent: 0, failed: 0, more: false });
    await call("DELETE", `/notifications/channels/${webhook.id}`);
    expect(await one(id)).toMatchObject({ state: "dead", error: "The channel was removed." });
  });

  it("resolves what a killed worker had in its hands: again where the receiver knows the key, else shown as perhaps sent", async () => {
    const again = channelItem.parse(
      await call(
        "POST",
        "/notifications/channels",
        { kind: "webhook", name: "Hook 2", settings: { url: hook.url } },
        201,
      ),
    );
    const [hooked, mailed] = [await put(again), await put(email, "kim@example.com")];
    await rows(
      `UPDATE notification_message SET state = 'sending', claim = 'killed', attempts = 1 WHERE id = ANY(ARRAY[$1::text, $2::text]::bigint[]) RETURNING id`,
      hooked,
      mailed,
    );
    const { db } = await api.ctx();
    expect(await resolveClaimed(db, { recognisingKinds: ["webhook"], notClaim: "living" })).toEqual({
      again: 1,
      unconfirmed: 1,
    });
    expect([(await one(hooked))?.state, (await one(mailed))?.state]).toEqual(["queued", "unconfirmed"]);
    await send();
    expect([(await one(hooked))?.state, (await one(mailed))?.state]).toEqual(["sent", "unconfirmed"]);
    expect(smtp.mails.filter(({ to }) => to === "kim@example.com")).toEqual([]);
  });
});
