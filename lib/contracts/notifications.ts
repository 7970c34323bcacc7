import { z } from "zod";
import { day, instant } from "@/lib/contracts/common";
import { SEVERITIES } from "@/lib/domain/finding";
import { AUDIENCES, DELIVERIES, EVENT_KINDS, MESSAGE_STATES } from "@/lib/domain/notification";

const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(/^[A-Za-z0-9._:[\]-]+$/, { error: "must be a host name or an address" });
const emailAddress = z.email().max(254);
const none = z.strictObject({});

/**
 * A channel's kind: what of it is a setting, and which secrets it takes. A secret is given as text, or as the name of an environment variable that holds
 * it; the API never returns either text.
 */
export const CHANNEL_KINDS = {
  email: {
    settings: z.strictObject({
      host: hostName,
      port: z.number().int().min(1).max(65_535),
      /** tls: from the first byte (465). starttls: required after connecting (587). none: plain, for a relay in one's own network. */
      security: z.enum(["tls", "starttls", "none"]),
      from: emailAddress,
      user: z.string().trim().max(200),
    }),
    secrets: ["password"],
  },
  slack: { settings: none, secrets: ["url"] },
  teams: { settings: none, secrets: ["url"] },
  webhook: {
    settings: z.strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .max(2_000)
        .refine((text) => new URL(text).username === "", { error: "must not hold a user name or password" }),
    }),
    secrets: ["signingSecret"],
  },
  sns: {
    settings: z.strictObject({
      topicArn: z
        .string()
        .trim()
        .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/, {
          error: "must be the ARN of a topic, e.g. arn:aws:sns:eu-west-1:111122223333:mq-steward",
        }),
    }),
    secrets: [],
  },
} as const;
export type ChannelKind = keyof typeof CHANNEL_KINDS;
export const CHANNEL_KIND_IDS = ["email", "slack", "teams", "webhook", "sns"] as const satisfies readonly ChannelKind[];

export function isChannelKind(text: string): text is ChannelKind {
  return Object.hasOwn(CHANNEL_KINDS, text);
}

export const CHANNEL_KIND_NAMES: Readonly<Record<ChannelKind, string>> = {
  email: "E-mail (SMTP)",
  slack: "Slack",
  teams: "Microsoft Teams",
  webhook: "Webhook",
  sns: "Amazon SNS",
};

/** A secret as it is given: the text itself, or the environment variable of web and worker that holds it. */
const secretInput = z.union([
  z.strictObject({ value: z.string().min(1).max(2_000) }),
  z.strictObject({ variable: z.string().regex(/^MQ_STEWARD_NOTIFY_[A-Z0-9_]{1,80}$/) }),
]);
const secretsInput = z.partialRecord(z.enum(["password", "url", "signingSecret"]), secretInput);

const channelName = z.string().trim().min(1).max(80);
export const channelInput = z
  .strictObject({
    kind: z.enum(CHANNEL_KIND_IDS),
    name: channelName,
    settings: z.record(z.string(), z.union([z.string().max(2_000), z.number()])),
    secrets: secretsInput.default({}),
  })
  .meta({ id: "ChannelInput" });
/** Secrets that are left out stay as they are. */
export const channelPatch = z
  .strictObject({
    name: channelName,
    enabled: z.boolean(),
    settings: channelInput.shape.settings,
    secrets: secretsInput,
  })
  .partial()
  .meta({ id: "ChannelPatch" });

export const channelItem = z
  .object({
    id: z.number().int(),
    kind: z.enum(CHANNEL_KIND_IDS),
    name: z.string(),
    enabled: z.boolean(),
    settings: z.record(z.string(), z.union([z.string(), z.number()])),
    /** How each secret is kept, never the secret. */
    secrets: z.record(z.string(), z.object({ from: z.enum(["stored", "variable"]), variable: z.string().nullable() })),
    updatedAt: instant,
    updatedBy: z.string(),
    lastSentAt: instant.nullable(),
  })
  .meta({ id: "Channel" });
export type ChannelItem = z.infer<typeof channelItem>;

export const ruleInput = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    enabled: z.boolean().default(true),
    kinds: z.array(z.enum(EVENT_KINDS)).min(1),
    leastSeverity: z.enum(SEVERITIES),
    audiences: z.array(z.enum(AUDIENCES)).min(1),
    delivery: z.enum(DELIVERIES),
    /** None: every channel that is on. */
    channelIds: z.array(z.number().int()).max(50),
  })
  .meta({ id: "NotificationRuleInput" });
export type RuleInput = z.infer<typeof ruleInput>;
export const notificationRule = ruleInput
  .extend({ id: z.number().int(), enabled: z.boolean(), updatedAt: instant, updatedBy: z.string() })
  .meta({ id: "NotificationRule" });
export type NotificationRuleItem = z.infer<typeof notificationRule>;

export const notificationSetup = z
  .object({
    channels: z.array(channelItem),
    rules: z.array(notificationRule),
    /** People and addresses that each audience reaches today. */
    reach: z.array(z.object({ audience: z.enum(AUDIENCES), recipients: z.number().int(), without: z.number().int() })),
    messages: z.array(z.object({ state: z.enum(MESSAGE_STATES), count: z.number().int() })),
    asOf: instant,
  })
  .meta({ id: "NotificationSetup" });
export type NotificationSetup = z.infer<typeof notificationSetup>;

export const testMessageInput = z.strictObject({ recipient: emailAddress.optional() }).meta({ id: "TestMessageInput" });
export const testMessageResult = z.object({ sent: z.boolean(), message: z.string() }).meta({ id: "TestMessageResult" });

export const outboxQuery = z.object({
  state: z.enum([...MESSAGE_STATES, "failing"]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(40).optional(),
});
export type OutboxQuery = z.infer<typeof outboxQuery>;
export const outboxMessage = z
  .object({
    id: z.string(),
    channel: z.object({ id: z.number().int(), name: z.string(), kind: z.enum(CHANNEL_KIND_IDS) }),
    recipient: z.string(),
    recipientName: z.string(),
    delivery: z.enum(DELIVERIES),
    state: z.enum(MESSAGE_STATES),
    severity: z.enum(SEVERITIES),
    events: z.number().int(),
    /** What the first of its events says. */
    first: z.string(),
    dueAt: instant,
    sentAt: instant.nullable(),
    attempts: z.number().int(),
    nextAttemptAt: instant.nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: "OutboxMessage" });
export type OutboxMessage = z.infer<typeof outboxMessage>;
export const outboxPage = z
  .object({ items: z.array(outboxMessage), total: z.number().int(), nextCursor: z.string().nullable(), asOf: instant })
  .meta({ id: "OutboxPage" });
export type OutboxPage = z.infer<typeof outboxPage>;

export const acknowledgementView = z
  .object({
    state: z.enum(["open", "used", "expired"]),
    /** Who acts, and as which address. */
    person: z.object({ name: z.string(), email: z.string() }),
    expiresAt: instant,
    usedAt: instant.nullable(),
    findings: z.array(
      z.object({
        id: z.number().int(),
        summary: z.string(),
        severity: z.enum(SEVERITIES),
        broker: z.string().nullable(),
        dueOn: day.nullable(),
        /** Why it would stay as it is; null: it would be acknowledged. */
        refused: z.string().nullable(),
      }),
    ),
    asOf: instant,
  })
  .meta({ id: "AcknowledgementView" });
export type AcknowledgementView = z.infer<typeof acknowledgementView>;
export const acknowledgementInput = z
  .strictObject({ note: z.string().trim().min(1).max(2_000), targetOn: day })
  .meta({ id: "AcknowledgementInput" });
export const acknowledgementDone = z
  .object({
    acknowledged: z.number().int(),
    refused: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  })
  .meta({ id: "AcknowledgementDone" });
