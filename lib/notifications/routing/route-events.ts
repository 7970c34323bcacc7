import { type Severity, severityRank } from "@/lib/domain/finding";
import { type Audience, DELIVERIES, type Delivery, type EventKind } from "@/lib/domain/notification";
import { type ScheduleSettings, slotOf } from "./schedule";

export interface RoutedEvent {
  id: string;
  kind: EventKind;
  severity: Severity;
  ownerId: number | null;
}

export interface RoutingRule {
  kinds: readonly string[];
  leastSeverity: Severity;
  audiences: readonly Audience[];
  delivery: Delivery;
  /** None: every channel. */
  channelIds: readonly number[];
}

export interface RoutingChannel {
  id: number;
  /** Whether it reaches people by address; else it is one recipient itself. */
  personal: boolean;
  grouping: "step" | "event";
}

export interface Recipient {
  address: string;
  name: string;
  /** The person's id; null where the address is an owner's own. */
  personId: string | null;
}

/** Who is reached, as of now. */
export interface Directory {
  owners: ReadonlyMap<number, { name: string; recipients: readonly Recipient[] }>;
  platform: readonly Recipient[];
  finops: readonly Recipient[];
  manager: readonly Recipient[];
}

/** A message with the events it takes up. */
export interface RoutedMessage {
  channelId: number;
  recipient: Recipient;
  delivery: Delivery;
  severity: Severity;
  dueAt: Date;
  batchKey: string;
  events: { eventId: string; reason: string }[];
}

/** Kinds about something that has an owner, or ought to. */
const OWNED: ReadonlySet<EventKind> = new Set([
  "end-of-support",
  "critical-cve",
  "non-compliant-broker",
  "finding-assigned",
  "sla-near",
  "sla-breached",
  "not-acknowledged",
  "acceptance-expiring",
  "acceptance-expired",
]);

const CHANNEL_ITSELF: Recipient = { address: "", name: "", personId: null };

/**
 * Who is told of which events, by which channel, when. Each event goes once to a recipient of a channel, by the most urgent of the rules that send it
 * there. Where an owner has no address, and a role nobody, the platform team gets it with the reason. Pure.
 */
export function routeEvents(
  events: readonly RoutedEvent[],
  {
    rules,
    channels,
    directory,
    settings,
    now,
  }: {
    rules: readonly RoutingRule[];
    channels: readonly RoutingChannel[];
    directory: Directory;
    settings: ScheduleSettings;
    now: Date;
  },
): RoutedMessage[] {
  const messages = new Map<string, RoutedMessage>();
  for (const event of events) {
    const chosen = new Map<string, { channel: RoutingChannel; to: Addressed; delivery: Delivery }>();
    for (const rule of rules) {
      if (!rule.kinds.includes(event.kind) || severityRank(event.severity) < severityRank(rule.leastSeverity)) continue;
      const addressed = rule.audiences.flatMap((audience) => recipientsOf(event, audience, directory));
      const applies = rule.audiences.some((audience) => isMeant(event, audience));
      for (const channel of channels) {
        if (!applies || (rule.channelIds.length > 0 && !rule.channelIds.includes(channel.id))) continue;
        for (const to of channel.personal ? addressed : [{ recipient: CHANNEL_ITSELF, reason: "" }]) {
          const key = `${channel.id}|${to.recipient.address}`;
          const before = chosen.get(key);
          const delivery = before ? moreUrgent(before.delivery, rule.delivery) : rule.delivery;
          // Whoever is meant himself needs no reason.
          const better = !before || (before.to.reason !== "" && to.reason === "") ? to : before.to;
          chosen.set(key, { channel, to: better, delivery });
        }
      }
    }
    for (const choice of chosen.values()) put(messages, event, choice, settings, now);
  }
  return [...messages.values()];
}

function put(
  messages: Map<string, RoutedMessage>,
  event: RoutedEvent,
  { channel, to, delivery }: { channel: RoutingChannel; to: Addressed; delivery: Delivery },
  settings: ScheduleSettings,
  now: Date,
): void {
  const { dueAt, batch } = slotOf(delivery, event.severity, now, settings);
  const slot = batch ?? "once";
  const key = `${channel.id}|${to.recipient.address}|${slot}${batch === null && channel.grouping === "event" ? `:${event.id}` : ""}`;
  const there = messages.get(key);
  if (there) {
    there.events.push({ eventId: event.id, reason: to.reason });
    if (severityRank(event.severity) > severityRank(there.severity)) there.severity = event.severity;
    return;
  }
  messages.set(key, {
    channelId: channel.id,
    recipient: to.recipient,
    delivery,
    severity: event.severity,
    dueAt,
    // What is sent at once is named for its first event: the same step routed again would be the same message.
    batchKey: batch ?? `once:${event.id}`,
    events: [{ eventId: event.id, reason: to.reason }],
  });
}

interface Addressed {
  recipient: Recipient;
  reason: string;
}

/** Whether an audience has to do with an event at all: owners have not with what has no owner by nature. */
function isMeant(event: RoutedEvent, audience: Audience): boolean {
  return audience !== "owner" || OWNED.has(event.kind) || event.ownerId !== null;
}

function recipientsOf(event: RoutedEvent, audience: Audience, directory: Directory): Addressed[] {
  if (!isMeant(event, audience)) return [];
  const plain = (recipients: readonly Recipient[]) => recipients.map((recipient) => ({ recipient, reason: "" }));
  const instead = (reason: string) => directory.platform.map((recipient) => ({ recipient, reason }));
  if (audience === "owner") {
    if (event.ownerId === null) return instead("Sent to the platform team, because it has no owner.");
    const owner = directory.owners.get(event.ownerId);
    if (owner && owner.recipients.length > 0) return plain(owner.recipients);
    return instead(
      `Sent to the platform team, because nobody can be reached for the owner ${owner?.name ?? event.ownerId}: no address, and no person belongs to it.`,
    );
  }
  const people = directory[audience];
  if (people.length > 0 || audience === "platform") return plain(people);
  return instead(
    `Sent to the platform team, because nobody has the role ${audience === "finops" ? "FinOps" : "Manager"}.`,
  );
}

function moreUrgent(a: Delivery, b: Delivery): Delivery {
  return DELIVERIES.indexOf(a) <= DELIVERIES.indexOf(b) ? a : b;
}
