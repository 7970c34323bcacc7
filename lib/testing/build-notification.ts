import type { NotificationEvent } from "@/lib/domain/notification";
import type { ChannelMessage } from "@/lib/notifications/define-channel";

/** An event of a breached SLA; say what differs. */
export function buildEvent(overrides: Partial<NotificationEvent> = {}): NotificationEvent {
  return {
    id: "1",
    kind: "sla-breached",
    severity: "high",
    facts: { summary: "General logs are not sent to CloudWatch", broker: "orders-prod", dueOn: "2026-11-19" },
    occurredAt: new Date("2026-11-20T06:00:00Z"),
    findingId: 7,
    ownerName: "Payments",
    reason: "",
    ...overrides,
  };
}

/** A daily digest of one event to ana@example.com. */
export function buildMessage(overrides: Partial<ChannelMessage> = {}): ChannelMessage {
  return {
    delivery: "daily",
    idempotencyKey: "3f1c7a52-0000-4000-8000-000000000001",
    recipient: "ana@example.com",
    recipientName: "Ana Sousa",
    events: [buildEvent()],
    publicAddress: "https://steward.example.com",
    acknowledgeUrl: null,
    at: new Date("2026-11-20T08:00:00Z"),
    attachments: [],
    ...overrides,
  };
}
