import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHANNEL_KIND_IDS } from "@/lib/contracts/notifications";
import { EVENT_KINDS } from "@/lib/domain/notification";
import { buildEvent, buildMessage } from "@/lib/testing/build-notification";
import { mailOf } from "./email";
import { CHANNELS } from "./registry";
import { slackBody } from "./slack";
import { topicMessageOf } from "./sns";
import { teamsBody } from "./teams";
import { signature, webhookBody, webhookRequest } from "./webhook";

const SMTP = {
  settings: { host: "mail.example.com", port: 587, security: "starttls", from: "steward@example.com", user: "" },
  secrets: {},
};
const HOSTILE = `</td><script>alert("x")</script> *bold* <!channel> [a](javascript:1) & co`;
const hostile = buildEvent({ facts: { summary: HOSTILE, broker: "orders", dueOn: "2026-11-19" } });
const many = Array.from({ length: 4_000 }, (_, index) =>
  buildEvent({
    id: String(index),
    severity: index === 3_999 ? "critical" : "low",
    kind: index % 2 ? "sla-near" : "sla-breached",
  }),
);

describe("the registry of channels", () => {
  it("has each file of the folder once, under its own name", () => {
    const files = readdirSync(join(import.meta.dirname))
      .filter((name) => name.endsWith(".ts") && !/\.test\.ts$|^(registry|define-channel)\.ts$/.test(name))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(Object.keys(CHANNELS).sort()).toEqual(files.sort());
    expect(
      Object.values(CHANNELS)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...CHANNEL_KIND_IDS].sort());
  });
});

describe("an e-mail", () => {
  const mail = mailOf(buildMessage({ acknowledgeUrl: "https://steward.example.com/acknowledge/a.b" }), SMTP);

  it("says the same as HTML and as text, with absolute links", () => {
    for (const words of [mail.html, mail.text]) {
      expect(words).toContain("orders-prod: General logs are not sent to CloudWatch");
      expect(words).toContain("19 November 2026");
      expect(words).toContain("https://steward.example.com/findings/7");
      expect(words).toContain("https://steward.example.com/acknowledge/a.b");
    }
    expect(mail.subject).toBe("MQ Steward: daily digest of 20 November 2026, 1 notification");
  });

  it("keeps one Message-ID of the sender's domain for all attempts", () => {
    expect(mail.messageId).toBe("<3f1c7a52-0000-4000-8000-000000000001@example.com>");
  });

  it("lets no name become markup, a header or a line of its own", () => {
    const bad = mailOf(
      buildMessage({
        delivery: "at-once",
        events: [{ ...hostile, facts: { summary: `${HOSTILE}\r\nBcc: x@example.com` } }],
      }),
      SMTP,
    );
    expect(bad.html).not.toContain("<script");
    expect(bad.html).toContain("&#60;script&#62;");
    expect(bad.subject).not.toMatch(/[\r\n]/);
  });

  it("says how many are not written out, and that there are no links where no public address is set", () => {
    const { text } = mailOf(buildMessage({ events: many, publicAddress: "" }), SMTP);
    const written = text.split("\n").filter((line) => line.startsWith("* ")).length;
    const hidden = [...text.matchAll(/and (\d+) more/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect([written, written + hidden]).toEqual([100, 4_000]);
    expect(text).toContain("There are no links");
    expect(text).toContain("* Critical");
    expect(text).not.toContain("http");
  });
});

describe("a Slack message", () => {
  it("has a heading, the finding as a link, and no signs of Slack's own from names", () => {
    const { blocks, text } = slackBody(buildMessage({ events: [hostile] }));
    const words = JSON.stringify(blocks);
    expect(blocks[0]).toMatchObject({ type: "header" });
    expect(words).toContain("<https://steward.example.com/findings/7|");
    expect(words).toContain("&lt;!channel&gt;");
    expect(words).not.toContain("<!channel>");
    expect(text).toContain("1 notification");
  });

  it("keeps within 50 blocks of 3,000 characters, however much there is", () => {
    const long = many.map((event) => ({ ...event, facts: { summary: "x".repeat(5_000), dueOn: "2026-11-19" } }));
    const { blocks } = slackBody(buildMessage({ events: long }));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      const words =
        "text" in block && typeof block.text === "object" && block.text && "text" in block.text ? block.text.text : "";
      expect(String(words).length).toBeLessThanOrEqual(3_000);
    }
  });
});

describe("a Teams message", () => {
  it("is an adaptive card with escaped names, and small enough", () => {
    expect(JSON.stringify(teamsBody(buildMessage({ events: [hostile] })))).toContain("\\\\[a\\\\]\\\\(javascript");
    const long = many.map((event) => ({ ...event, facts: { summary: "[".repeat(5_000), dueOn: "2026-11-19" } }));
    const body = JSON.stringify(teamsBody(buildMessage({ events: long })));
    expect(body).toContain("AdaptiveCard");
    expect(body.length).toBeLessThan(28_000);
  });
});

describe("a webhook", () => {
  it("signs as Standard Webhooks does (the specification's own example)", () => {
    expect(
      signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        '{"test": 2432232314}',
      ),
    ).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("carries the same key on every attempt, and the events with the facts behind the words", () => {
    const request = webhookRequest(
      buildMessage(),
      { settings: { url: "https://example.com/in" }, secrets: { signingSecret: "s" } },
      1_700_000_000,
    );
    expect(request.headers).toMatchObject({
      "idempotency-key": "3f1c7a52-0000-4000-8000-000000000001",
      "webhook-id": "3f1c7a52-0000-4000-8000-000000000001",
      "webhook-timestamp": "1700000000",
      "webhook-signature": signature("s", "3f1c7a52-0000-4000-8000-000000000001", 1_700_000_000, request.body),
    });
    expect(JSON.parse(webhookBody(buildMessage()))).toMatchObject({
      type: "daily",
      events: [{ kind: "sla-breached", severity: "high", owner: "Payments", facts: { broker: "orders-prod" } }],
    });
  });
});

describe("a topic's message", () => {
  it("has an ASCII subject of at most 100 characters and a key where the topic is FIFO", () => {
    const events = [buildEvent({ facts: { summary: `Ünïcode ${"long ".repeat(40)}` } })];
    const message = buildMessage({ delivery: "at-once", events });
    const topic = (topicArn: string) => topicMessageOf(message, { settings: { topicArn }, secrets: {} });
    const plain = topic("arn:aws:sns:eu-west-1:111122223333:mq-steward");
    expect(plain.subject).toMatch(/^[\x20-\x7e]{1,100}$/);
    expect(plain.fifo).toBeNull();
    expect(plain.attributes).toMatchObject({ severity: "high", kinds: "sla-breached" });
    expect(topic("arn:aws:sns:eu-west-1:111122223333:mq-steward.fifo").fifo).toEqual({
      group: "mq-steward",
      deduplication: message.idempotencyKey,
    });
  });
});

describe("words", () => {
  it.each(EVENT_KINDS)("of %s exist and hold no gap even where a fact is missing", (kind) => {
    const { text } = mailOf(buildMessage({ events: [buildEvent({ kind, facts: {} })] }), SMTP);
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  it.each([
    [180, "support ends in 180 days"],
    [1, "support ends in 1 day"],
    [0, "support ends today"],
    [-1, "the forced-upgrade window has begun"],
  ])("tell %i days before the end of support", (daysLeft, words) => {
    const facts = {
      broker: "orders",
      line: "ActiveMQ 5.17",
      endOfSupport: "2026-12-20",
      windowEnd: "2027-02-03",
      daysLeft,
    };
    expect(mailOf(buildMessage({ events: [buildEvent({ kind: "end-of-support", facts })] }), SMTP).text).toContain(
      words,
    );
  });
});
