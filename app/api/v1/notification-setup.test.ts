import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type ChannelItem,
  channelItem,
  notificationRule,
  notificationSetup,
  testMessageResult,
} from "@/lib/contracts/notifications";
import {
  type NotificationHarness,
  SIGNING_VARIABLE,
  SMTP_PASSWORD,
  startNotificationHarness,
} from "@/lib/testing/notification-harness";

let stack: NotificationHarness;
let email: ChannelItem;
let webhook: ChannelItem;

beforeAll(async () => {
  stack = await startNotificationHarness();
}, 120_000);
afterAll(() => stack.close());
afterEach(() => {
  stack.api.actAs(null);
  stack.answers.length = 0;
});

describe("channels", () => {
  it("make no events before there is one", async () => {
    expect(await stack.derive()).toEqual({ events: 0, routed: 0 });
  });

  it("are added with secrets that are stored sealed and never told again", async () => {
    await stack.setUp();
    email = await stack.addEmail();
    expect(email.secrets).toEqual({ password: { from: "stored", variable: null } });
    webhook = await stack.addWebhook();
    expect(webhook.secrets).toEqual({ signingSecret: { from: "variable", variable: SIGNING_VARIABLE } });
    const told = [
      JSON.stringify(await stack.api.get("/api/v1/notifications")),
      JSON.stringify(await stack.api.get("/api/v1/audit")),
      JSON.stringify(await stack.rows("SELECT settings, secrets FROM notification_channel")),
    ];
    for (const text of told) expect(text).not.toContain(SMTP_PASSWORD);
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
    await stack.call("POST", "/notifications/channels", body, 400);
    expect(notificationSetup.parse(await stack.api.get("/api/v1/notifications")).channels.length).toBe(2);
  });

  it("send a test message, past the outbox, or say why not", async () => {
    const test = async (id: number, body: object) =>
      testMessageResult.parse(await stack.call("POST", `/notifications/channels/${id}/test`, body));
    expect(await test(email.id, { recipient: "Somebody@example.com" })).toMatchObject({ sent: true });
    expect(stack.smtp.mails.pop()).toMatchObject({ to: "Somebody@example.com" });
    process.env[SIGNING_VARIABLE] = "";
    expect((await test(webhook.id, {})).message).toContain(`${SIGNING_VARIABLE} is not set`);
    process.env[SIGNING_VARIABLE] = "signing";
    expect(await test(webhook.id, {})).toMatchObject({ sent: true });
    expect(stack.hook.requests.pop()?.headers["webhook-signature"]).toMatch(/^v1,/);
    stack.answers.push({ status: 503 });
    expect(await test(webhook.id, {})).toEqual({ sent: false, message: "HTTP 503" });
    stack.hook.requests.length = 0;
    expect((await stack.auditOf("notification-channel.test")).length).toBe(4);
  });

  it("keep what is left out of a change, and go with their secrets", async () => {
    const moved = { settings: { ...email.settings, host: "mail.example.org" } };
    const refused = await stack.call("PATCH", `/notifications/channels/${email.id}`, moved, 400);
    expect(refused, "a stored password goes to no other server").toMatchObject({
      detail: "Give the password again: it was stored for another server.",
    });
    const changed = await stack.call("PATCH", `/notifications/channels/${email.id}`, { name: "Post" });
    expect(channelItem.parse(changed)).toMatchObject({ name: "Post", secrets: email.secrets });
    const gone = channelItem.parse(
      await stack.call(
        "POST",
        "/notifications/channels",
        { kind: "slack", name: "S", settings: {}, secrets: { url: { value: "https://a.example" } } },
        201,
      ),
    );
    await stack.call("DELETE", `/notifications/channels/${gone.id}`);
    await stack.call("PATCH", `/notifications/channels/${gone.id}`, { name: "X" }, 404);
    expect(await stack.rows("SELECT secrets FROM notification_channel WHERE id = $1::int", gone.id)).toEqual([
      { secrets: {} },
    ]);
  });
});

describe("routing rules", () => {
  it("exist from the start as digests, with at once for critical alone, and are added, changed and removed", async () => {
    const { rules } = notificationSetup.parse(await stack.api.get("/api/v1/notifications"));
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
    const made = notificationRule.parse(await stack.call("POST", "/notifications/rules", input, 201));
    const changed = notificationRule.parse(
      await stack.call("PUT", `/notifications/rules/${made.id}`, { ...input, enabled: false }),
    );
    expect(changed).toMatchObject({ ...input, enabled: false });
    await stack.call("PUT", `/notifications/rules/${made.id}`, { ...input, channelIds: [999_999] }, 400);
    await stack.call("DELETE", `/notifications/rules/${made.id}`);
    await stack.call("DELETE", `/notifications/rules/${made.id}`, undefined, 404);
    expect((await stack.auditOf("notification-rule")).map(({ action }) => action).sort()).toEqual([
      "notification-rule.change",
      "notification-rule.create",
      "notification-rule.remove",
    ]);
  });
});
