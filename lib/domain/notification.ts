import type { Severity } from "@/lib/domain/finding";

/** What people are told of. */
export const EVENT_KINDS = [
  "end-of-support",
  "critical-cve",
  "non-compliant-broker",
  "finding-assigned",
  "sla-near",
  "sla-breached",
  "not-acknowledged",
  "acceptance-expiring",
  "acceptance-expired",
  "sync-failed",
  "cost-anomaly",
  "report-ready",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Kinds as people read them, and when they come into being. */
export const EVENT_KIND_NAMES: Readonly<Record<EventKind, { name: string; when: string }>> = {
  "end-of-support": {
    name: "End of support",
    when: "180, 90, 60, 30, 7 and 0 days before a broker's end of support, and when the forced-upgrade window has begun",
  },
  "critical-cve": { name: "New critical CVE", when: "A critical advisory matches a broker for the first time" },
  "non-compliant-broker": { name: "New non-compliant broker", when: "A broker fails a rule that it passed before" },
  "finding-assigned": { name: "Finding assigned", when: "A broker with open findings gets another owner" },
  "sla-near": { name: "SLA near", when: "A finding is due soon: critical in 2 days, high in 7, others in 14" },
  "sla-breached": { name: "SLA breached", when: "A finding is not closed on its due day" },
  "not-acknowledged": {
    name: "Not acknowledged (escalation)",
    when: "A high or critical finding that its owner was told of is still open after the days set here",
  },
  "acceptance-expiring": { name: "Acceptance expires soon", when: "An accepted risk expires within 14 days" },
  "acceptance-expired": { name: "Acceptance expired", when: "An accepted risk expired, and its finding is open again" },
  "sync-failed": { name: "Sync failed or partial", when: "A sync failed, or part of an account could not be read" },
  "cost-anomaly": {
    name: "Cost anomaly",
    when: "An account's final day costs far more than the 28 final days before it",
  },
  "report-ready": { name: "Report ready", when: "A quarterly report was issued (not those to date)" },
};

export function isEventKind(text: string): text is EventKind {
  return EVENT_KINDS.some((kind) => kind === text);
}

/** Whom events go to. People have a role; an owner's are its address and the people who belong to it. */
export const AUDIENCES = ["owner", "platform", "finops", "manager"] as const;
export type Audience = (typeof AUDIENCES)[number];

export const AUDIENCE_NAMES: Readonly<Record<Audience, string>> = {
  owner: "Owner",
  platform: "Platform team (administrators)",
  finops: "FinOps",
  manager: "Managers",
};

/** How soon, the most urgent first. */
export const DELIVERIES = ["at-once", "daily", "weekly"] as const;
export type Delivery = (typeof DELIVERIES)[number];

export const DELIVERY_NAMES: Readonly<Record<Delivery, string>> = {
  "at-once": "At once",
  daily: "Daily digest",
  weekly: "Weekly digest",
};

/**
 * queued: waits for its time or the next attempt. sending: a worker has it. sent: the receiver took it. unconfirmed: perhaps sent, and not repeated by
 * itself. dead: given up.
 */
export const MESSAGE_STATES = ["queued", "sending", "sent", "unconfirmed", "dead"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Days before the end of support at which people are told. */
export const END_OF_SUPPORT_DAYS = [180, 90, 60, 30, 7, 0] as const;

/** How urgent each of those days is; the forced-upgrade window is critical. */
export const END_OF_SUPPORT_SEVERITIES: Readonly<Record<(typeof END_OF_SUPPORT_DAYS)[number], Severity>> = {
  180: "low",
  90: "medium",
  60: "medium",
  30: "high",
  7: "high",
  0: "critical",
};

/** How many days before the due day a finding's SLA is near. */
export const SLA_NEAR_DAYS: Readonly<Record<Severity, number>> = { critical: 2, high: 7, medium: 14, low: 14 };

/** How many days before it expires an acceptance is about to. */
export const ACCEPTANCE_EXPIRING_DAYS = 14;

type Fact = string | number | boolean | null | readonly string[];

/** Something that people are told of, with names and figures as of then. */
export interface NotificationEvent {
  id: string;
  kind: EventKind;
  severity: Severity;
  facts: Readonly<Record<string, Fact>>;
  occurredAt: Date;
  findingId: number | null;
  ownerName: string | null;
  /** Why this recipient gets it, where that is not plain. */
  reason: string;
}
