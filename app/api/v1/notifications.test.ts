import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  acknowledgementDone,
  acknowledgementView,
  type ChannelItem,
  outboxMessage,
} from "@/lib/contracts/notifications";
import { resolveClaimed } from "@/lib/db/notification-outbox-store";
import { buildPersonActor, NOBODY } from "@/lib/testing/build-actor";
import {
  type NotificationHarness,
  SIGNING_VARIABLE,
  startNotificationHarness,
} from "@/lib/testing/notification-harness";

let stack: NotificationHarness;
let email: ChannelItem;
let webhook: ChannelItem;

beforeAll(async () => {
  stack = await startNotificationHarness();
  process.env[SIGNING_VARIABLE] = "signing";
  await stack.setUp();
  email = await stack.addEmail();
  webhook = await stack.addWebhook();
}, 120_000);
afterAll(() => stack.close());
afterEach(() => {
  stack.api.actAs(null);
  stack.answers.length = 0;
});

describe("events", () => {
  let owner: { id: number; key: string };
  let personId: string;

  it("are told once to each recipient, however often the sync repeats", async () => {
    const [most] = await stack.rows<{ id: number; key: string }>(
      `SELECT o.id, o.key FROM owner o JOIN finding f ON f.owner_id = o.id AND f.state = 'open' GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 1`,
    );
    owner = most ?? { id: 0, key: "" };
    const ben = { name: "Ben Ode", email: "ben@example.com", role: "owner", owners: [owner.key] };
    personId = z
      .looseObject({ person: z.object({ id: z.string() }) })
      .parse(await stack.call("POST", "/people", ben, 201)).person.id;
    await stack.call("POST", "/people", { name: "Ada", email: "ada@example.com", role: "administrator" }, 201);
    await stack.derive();
    expect(
      await stack.rows("SELECT id FROM notification_event WHERE key LIKE 'opened:%'"),
      "what was there is no news",
    ).toEqual([]);
    await stack.rows("UPDATE notification_mark SET value = 0 WHERE name = 'episode' RETURNING name");
    const first = await stack.derive();
    expect(first.events).toBeGreaterThan(0);
    expect(await stack.derive()).toEqual({ events: 0, routed: 0 });
    const total = (await stack.outbox()).total;
    expect(total).toBeGreaterThan(0);
    await stack.sync("2026-11-18T07:00:00Z");
    expect(await stack.derive()).toEqual({ events: 0, routed: 0 });
    expect((await stack.outbox()).total).toBe(total);
    const doubled = await stack.rows(
      `SELECT event_id FROM notification_delivery GROUP BY event_id, channel_id, recipient HAVING count(*) > 1`,
    );
    expect(doubled).toEqual([]);
  });

  it("wait for the digest's hour in the zone of the settings, but for critical ones", async () => {
    stack.api.clock.set("2026-11-18T07:59:59Z");
    await stack.send();
    const waiting = await stack.outbox("?state=queued");
    expect(waiting.items.length).toBeGreaterThan(0);
    // Lisbon is at UTC in November; they came into being at 06:00.
    const daily = waiting.items.filter(({ delivery }) => delivery === "daily").map(({ dueAt }) => dueAt);
    expect(new Set(daily)).toEqual(new Set(["2026-11-18T08:00:00.000Z"]));
    expect(waiting.items.every(({ delivery }) => delivery !== "at-once")).toBe(true);
    expect((await stack.send()).sent).toBe(0);
    stack.api.clock.set("2026-11-18T08:00:00Z");
    expect((await stack.send()).sent).toBeGreaterThan(0);
    expect((await stack.send()).sent).toBe(0);
    const digests = stack.smtp.mails.filter(({ to, raw }) => to === "ben@example.com" && raw.includes("daily digest"));
    expect(digests.length).toBe(1);
  });

  it("that a setting of quiet hours holds back are sent when they end", async () => {
    stack.api.clock.set("2026-11-19T08:00:00Z");
    const [event] = await stack.rows<{ id: string }>(
      `INSERT INTO notification_event (key, kind, severity, facts, occurred_at) VALUES ('test:quiet', 'sync-failed', 4, '{"runId": 1}', now()) RETURNING id::text AS id`,
    );
    const { settings } = z
      .looseObject({ settings: z.looseObject({ notifications: z.looseObject({}) }) })
      .parse(await stack.api.get("/api/v1/settings"));
    const quiet = { quietHours: { from: "07:00", until: "10:00" }, quietForCritical: true };
    await stack.call("PATCH", "/settings", { notifications: { ...settings.notifications, ...quiet } });
    await stack.derive();
    await stack.call("PATCH", "/settings", { notifications: settings.notifications });
    const due = await stack.rows<{ due: Date }>(
      `SELECT m.due_at AS due FROM notification_delivery d JOIN notification_message m ON m.id = d.message_id WHERE d.event_id = $1::text::bigint`,
      event?.id,
    );
    expect(new Set(due.map((row) => row.due.toISOString()))).toEqual(new Set(["2026-11-19T10:00:00.000Z"]));
  });

  const linkOf = (): string => {
    const mail = stack.smtp.mails.find(({ to, raw }) => to === "ben@example.com" && raw.includes("/acknowledge/"));
    const text = mail?.raw.replace(/=\r?\n/g, "") ?? "";
    return /\/acknowledge\/([\w-]+\.[\w-]+)/.exec(text)?.[1] ?? "no link";
  };

  it("are acknowledged by the link of a digest: shown first, done once, as the person it was sent to", async () => {
    const token = linkOf();
    stack.api.actAs(NOBODY);
    const view = acknowledgementView.parse(await stack.call("GET", `/acknowledgements/${token}`));
    expect(view).toMatchObject({ state: "open", person: { email: "ben@example.com" }, usedAt: null });
    const open = view.findings.filter(({ refused }) => refused === null);
    expect(open.length).toBeGreaterThan(0);
    // Looking changed nothing.
    expect(acknowledgementView.parse(await stack.call("GET", `/acknowledgements/${token}`)).findings).toEqual(
      view.findings,
    );
    const body = { note: "We upgrade in December.", targetOn: "2026-12-18" };
    const done = acknowledgementDone.parse(await stack.call("POST", `/acknowledgements/${token}`, body));
    expect(done.acknowledged).toBe(open.length);
    await stack.call("POST", `/acknowledgements/${token}`, body, 409);
    expect(acknowledgementView.parse(await stack.call("GET", `/acknowledgements/${token}`)).state).toBe("used");
    stack.api.actAs(null);
    const audited = await stack.auditOf("finding.acknowledge");
    expect(audited.length).toBe(open.length);
    expect(new Set(audited.map(({ actor }) => actor))).toEqual(new Set(["ben@example.com"]));
    for (const { after } of audited) expect(after).toMatchObject({ via: "acknowledge-link" });
    const states = await stack.rows<{ state: string; assignee: string }>(
      `SELECT DISTINCT state, assignee FROM finding WHERE id = ANY($1::int[])`,
      open.map(({ id }) => id),
    );
    expect(states).toEqual([{ state: "acknowledged", assignee: "Ben Ode" }]);
  });

  it("are not acknowledged by a link that was changed, has expired, or whose person may act no more", async () => {
    const token = linkOf();
    const body = { note: "n", targetOn: "2026-12-18" };
    stack.api.actAs(NOBODY);
    for (const wrong of ["x", `${token}x`, `x${token}`, token.replace(/\..*/, ".AAAA")])
      for (const method of ["GET", "POST"])
        await stack.call(method, `/acknowledgements/${wrong}`, method === "POST" ? body : undefined, 404);
    await stack.rows(`UPDATE notification_acknowledgement SET used_at = NULL RETURNING id`);
    stack.api.clock.set("2026-11-26T08:00:00Z");
    expect(acknowledgementView.parse(await stack.call("GET", `/acknowledgements/${token}`)).state).toBe("expired");
    await stack.call("POST", `/acknowledgements/${token}`, body, 409);
    stack.api.clock.set("2026-11-19T08:00:00Z");
    await stack.rows(`UPDATE person SET role = 'viewer' WHERE id = $1 RETURNING id`, personId);
    await stack.call("GET", `/acknowledgements/${token}`, undefined, 404);
    await stack.rows(`UPDATE person SET role = 'owner' WHERE id = $1 RETURNING id`, personId);
    await stack.rows(`DELETE FROM person_owner WHERE person_id = $1 RETURNING person_id`, personId);
    const view = acknowledgementView.parse(await stack.call("GET", `/acknowledgements/${token}`));
    expect(view.findings.every(({ refused }) => refused !== null)).toBe(true);
    await stack.call("POST", `/acknowledgements/${token}`, body, 409);
    expect(acknowledgementView.parse(await stack.call("GET", `/acknowledgements/${token}`)).usedAt).toBeNull();
    stack.api.actAs(null);
    await stack.call("DELETE", `/people/${personId}/sessions`);
    stack.api.actAs(NOBODY);
    const ended = acknowledgementView.parse(await stack.call("GET", `/acknowledgements/${token}`));
    expect(ended.state, "whoever ends his sessions ends his links").toBe("expired");
  });
});

describe("the outbox", () => {
  /** A message of its own by a channel, due now. */
  const put = async (channel: ChannelItem, recipient = "") => {
    const [row] = await stack.rows<{ id: string }>(
      `INSERT INTO notification_message (channel_id, recipient, batch_key, delivery, severity, due_at, idempotency_key, created_at)
       VALUES ($1::int, $2, $3, 'at-once', 4, $4, $3, $4) RETURNING id::text AS id`,
      channel.id,
      recipient,
      randomUUID(),
      stack.api.clock.now(),
    );
    return row?.id ?? "";
  };
  const one = async (id: string) =>
    (
      await stack.rows<{ state: string; attempts: number; error: string | null; waits: number }>(
        `SELECT state, attempts, last_error AS error, EXTRACT(epoch FROM next_attempt_at - now())::float AS waits FROM notification_message WHERE id = $1::text::bigint`,
        id,
      )
    )[0];

  beforeAll(async () => {
    // Nothing else waits.
    await stack.rows(`UPDATE notification_message SET state = 'dead' WHERE state = 'queued' RETURNING id`);
    await stack.rows(`DELETE FROM notification_message WHERE state = 'dead' RETURNING id`);
    stack.api.clock.set("2026-11-19T08:30:00Z");
    stack.hook.requests.length = 0;
  });

  it("tries again later what the receiver could not take, under the same key, as late as it asks", async () => {
    stack.answers.push({ status: 429, headers: { "retry-after": "600" } });
    const id = await put(webhook);
    expect(await stack.send()).toMatchObject({ sent: 0, failed: 1, more: false });
    const waiting = await one(id);
    expect(waiting).toMatchObject({ state: "queued", attempts: 1, error: "HTTP 429" });
    expect(waiting?.waits).toBeGreaterThan(590);
    expect((await stack.outbox("?state=failing")).items.map((item) => item.id)).toEqual([id]);
    await stack.rows(
      `UPDATE notification_message SET next_attempt_at = now() - interval '1 second' WHERE id = $1::text::bigint RETURNING id`,
      id,
    );
    expect((await stack.send()).sent).toBe(1);
    expect(new Set(stack.hook.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(stack.hook.requests.length).toBe(2);
  });

  it("leaves a failing channel alone for the rest of the job", async () => {
    const ids = [];
    for (let index = 0; index < 30; index += 1) ids.push(await put(webhook));
    stack.hook.requests.length = 0;
    stack.answers.push(...Array.from({ length: 30 }, () => ({ status: 500 })));
    const { failed } = await stack.send();
    expect(failed).toBeLessThanOrEqual(8);
    stack.answers.length = 0;
    await stack.rows(`UPDATE notification_message SET next_attempt_at = NULL WHERE state = 'queued' RETURNING id`);
    expect((await stack.send()).sent).toBe(30);
  });

  it("gives up what is refused for good, shows it, and sends it again when asked", async () => {
    stack.answers.push({ status: 410 });
    const id = await put(webhook);
    await stack.send();
    expect((await stack.outbox("?state=dead")).items).toMatchObject([{ id, lastError: "HTTP 410", state: "dead" }]);
    stack.api.actAs(buildPersonActor({ role: "manager" }));
    expect((await stack.outbox("?state=dead")).items.length).toBe(1);
    await stack.call("POST", `/notifications/outbox/${id}/resend`, undefined, 403);
    stack.api.actAs(null);
    expect(outboxMessage.parse(await stack.call("POST", `/notifications/outbox/${id}/resend`))).toMatchObject({
      state: "queued",
      attempts: 0,
    });
    await stack.call("POST", `/notifications/outbox/${id}/resend`, undefined, 409);
    await stack.send();
    expect((await one(id))?.state).toBe("sent");
    await stack.call("POST", `/notifications/outbox/${id}/resend`, undefined, 409);
    expect((await stack.auditOf("notification.resend")).length).toBe(1);
  });

  it("sends nothing to somebody who may no longer sign in", async () => {
    const id = await put(email, "gone@example.com");
    await stack.rows(
      `INSERT INTO person (id, name, email, role, disabled_at, created_at, updated_at) VALUES ('gone', 'Gone', 'gone@example.com', 'owner', now(), now(), now()) RETURNING id`,
    );
    await stack.rows(`UPDATE notification_message SET person_id = 'gone' WHERE id = $1::text::bigint RETURNING id`, id);
    await stack.send();
    expect(await one(id)).toMatchObject({ state: "dead", error: "The person may no longer sign in." });
    expect(stack.smtp.mails.filter(({ to }) => to === "gone@example.com")).toEqual([]);
  });

  it("sends nothing by a channel that is off, and gives up what waits for one that is removed", async () => {
    await stack.call("PATCH", `/notifications/channels/${webhook.id}`, { enabled: false });
    const id = await put(webhook);
    expect(await stack.send()).toMatchObject({ sent: 0, failed: 0, more: false });
    await stack.call("DELETE", `/notifications/channels/${webhook.id}`);
    expect(await one(id)).toMatchObject({ state: "dead", error: "The channel was removed." });
  });

  it("resolves what a killed worker had in its hands: again where the receiver knows the key, else shown as perhaps sent", async () => {
    const again = await stack.addWebhook("Hook 2");
    const [hooked, mailed] = [await put(again), await put(email, "kim@example.com")];
    await stack.rows(
      `UPDATE notification_message SET state = 'sending', claim = 'killed', attempts = 1 WHERE id = ANY(ARRAY[$1::text, $2::text]::bigint[]) RETURNING id`,
      hooked,
      mailed,
    );
    const { db } = await stack.api.ctx();
    expect(await resolveClaimed(db, { recognisingKinds: ["webhook"], notClaim: "living" })).toEqual({
      again: 1,
      unconfirmed: 1,
    });
    expect([(await one(hooked))?.state, (await one(mailed))?.state]).toEqual(["queued", "unconfirmed"]);
    await stack.send();
    expect([(await one(hooked))?.state, (await one(mailed))?.state]).toEqual(["sent", "unconfirmed"]);
    expect(stack.smtp.mails.filter(({ to }) => to === "kim@example.com")).toEqual([]);
  });

  it("forgets after 400 days what ended, and tells nobody again of what it was about", async () => {
    const [event] = await stack.rows<{ id: string }>(
      `INSERT INTO notification_event (key, kind, severity, facts, occurred_at) VALUES ('test:old', 'sync-failed', 4, '{"runId": 1}', now()) RETURNING id::text AS id`,
    );
    const messages = () =>
      stack.rows<{ id: string; state: string }>(
        `SELECT m.id::text AS id, m.state FROM notification_delivery d JOIN notification_message m ON m.id = d.message_id WHERE d.event_id = $1::text::bigint`,
        event?.id,
      );
    await stack.derive();
    const told = await messages();
    expect(told.length).toBeGreaterThan(1);
    const [sent, waits] = told;
    await stack.rows(
      `UPDATE notification_message SET state = 'sent', due_at = $2, created_at = $2 WHERE id = $1::text::bigint RETURNING id`,
      sent?.id,
      stack.api.clock.now(),
    );
    const inDays = (days: number) => new Date(stack.api.clock.now().getTime() + days * 86_400_000).toISOString();
    const [within, after] = [inDays(399), inDays(401)];
    stack.api.clock.set(within);
    await stack.derive();
    expect(await one(sent?.id ?? "")).toMatchObject({ state: "sent" });
    stack.api.clock.set(after);
    await stack.derive();
    expect(await one(sent?.id ?? "")).toBeUndefined();
    expect(await one(waits?.id ?? ""), "what still waits").toMatchObject({ state: "queued" });
    // The event is known, and routed: it makes no second message.
    expect((await messages()).map(({ id }) => id).sort()).toEqual(
      told.flatMap(({ id }) => (id === sent?.id ? [] : [id])).sort(),
    );
  });
});
