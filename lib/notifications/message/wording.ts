import type { Severity } from "@/lib/domain/finding";
import { countOf, formatLongDay } from "@/lib/domain/format-figure";
import { EVENT_KIND_NAMES, EVENT_KINDS, type EventKind, type NotificationEvent } from "@/lib/domain/notification";
import { openWorkPath } from "@/lib/domain/open-work-path";
import { PRODUCT } from "@/lib/domain/product";
import type { ChannelMessage } from "../define-channel";

/** An event in words. */
export interface EventWords {
  title: string;
  /** What else there is to know; '' where the title says it all. */
  detail: string;
  /** Where it is shown, below the public address. */
  path: string;
}

export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};

const RANK: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1 };

type Facts = NotificationEvent["facts"];
const text = (facts: Facts, name: string): string => (facts[name] == null ? "" : String(facts[name]));
const figure = (facts: Facts, name: string): number => Number(facts[name] ?? 0);
const day = (facts: Facts, name: string): string => (text(facts, name) ? formatLongDay(text(facts, name)) : "no day");
const list = (facts: Facts, name: string): readonly string[] => {
  const value = facts[name];
  return Array.isArray(value) ? value : [];
};

const finding = (event: NotificationEvent): string => {
  const broker = text(event.facts, "broker");
  const summary = text(event.facts, "summary");
  return broker && !summary.includes(broker) ? `${broker}: ${summary}` : summary;
};
const findingPath = (event: NotificationEvent): string =>
  event.findingId === null ? "/findings" : `/findings/${event.findingId}`;
const due = (facts: Facts): string => (text(facts, "dueOn") ? `Due ${day(facts, "dueOn")}.` : "No due day.");

const WORDS: Readonly<Record<EventKind, (event: NotificationEvent) => EventWords>> = {
  "end-of-support": ({ facts }) => {
    const broker = text(facts, "broker");
    const line = text(facts, "line");
    const on = day(facts, "endOfSupport");
    const days = figure(facts, "daysLeft");
    const path = `/brokers/${encodeURIComponent(text(facts, "brokerId"))}?tab=versions`;
    if (days < 0)
      return {
        title: `${broker} (${line}): the forced-upgrade window has begun`,
        detail: `Support ended ${on}. AWS upgrades the broker in one of its maintenance windows until ${day(facts, "windowEnd")}.`,
        path,
      };
    return days === 0
      ? { title: `${broker} (${line}): support ends today`, detail: `${on} is the first day past support.`, path }
      : {
          title: `${broker} (${line}): support ends in ${countOf(days, "day")}`,
          detail: `End of support: ${on}.`,
          path,
        };
  },
  "critical-cve": (event) => ({ title: finding(event), detail: due(event.facts), path: findingPath(event) }),
  "non-compliant-broker": (event) => ({ title: finding(event), detail: due(event.facts), path: findingPath(event) }),
  "finding-assigned": ({ facts, ownerName }) => ({
    title: `${text(facts, "broker")} now belongs to ${ownerName ?? "nobody"}, with ${countOf(figure(facts, "findings"), "open finding")}`,
    detail: text(facts, "from") ? `It belonged to ${text(facts, "from")} before.` : "It had no owner before.",
    path: openWorkPath(text(facts, "brokerId")),
  }),
  "sla-near": (event) => ({
    title: finding(event),
    detail: `Due ${day(event.facts, "dueOn")}, in ${countOf(figure(event.facts, "daysLeft"), "day")}.`,
    path: findingPath(event),
  }),
  "sla-breached": (event) => ({
    title: finding(event),
    detail: `It was due ${day(event.facts, "dueOn")} and is not closed.`,
    path: findingPath(event),
  }),
  "not-acknowledged": (event) => ({
    title: finding(event),
    detail: `Nobody has acknowledged it since ${day(event.facts, "toldOn")}. Owner: ${event.ownerName ?? "none"}.`,
    path: findingPath(event),
  }),
  "acceptance-expiring": (event) => ({
    title: finding(event),
    detail: `The acceptance ends ${day(event.facts, "until")}. Then the finding is open again.`,
    path: findingPath(event),
  }),
  "acceptance-expired": (event) => ({
    title: finding(event),
    detail: `The acceptance ended ${day(event.facts, "until")}. The finding is open again.`,
    path: findingPath(event),
  }),
  "sync-failed": ({ facts }) => {
    const account = text(facts, "account");
    const scopes = list(facts, "scopes");
    const all = figure(facts, "scopeCount");
    const rest = all > scopes.length ? ` and ${all - scopes.length} more` : "";
    return account
      ? {
          title: `Account ${account} could not be read in full: ${countOf(all, "source")} failing`,
          detail: `Since ${day(facts, "since")}: ${scopes.join(", ")}${rest}. ${text(facts, "message")}`.trim(),
          path: "/syncs",
        }
      : {
          title: `Sync ${text(facts, "runId")} failed`,
          detail: text(facts, "message"),
          path: `/syncs/${text(facts, "runId")}`,
        };
  },
  "cost-anomaly": ({ facts }) => ({
    title: `Account ${text(facts, "account")} cost ${text(facts, "currency")} ${text(facts, "amount")} on ${day(facts, "day")}`,
    detail: `That is ${text(facts, "percent")} % above the mean of the 28 final days before, ${text(facts, "currency")} ${text(facts, "mean")} a day. Unblended Amazon MQ service charges.`,
    path: `/?account=${text(facts, "account")}`,
  }),
  "report-ready": ({ facts }) => ({
    title: `The ${text(facts, "stage")} report of ${text(facts, "quarter")} is ready`,
    detail: `${text(facts, "scope")}, version ${text(facts, "number")}.`,
    path: `/reports/${text(facts, "reportId")}`,
  }),
};

/** An event in words, without line breaks. */
export function wordsOf(event: NotificationEvent): EventWords {
  const { title, detail, path } = WORDS[event.kind](event);
  return { title: oneLine(title), detail: oneLine(detail), path };
}

/** Names and messages come from AWS and people: what would break a line or hide text is a space. */
export function oneLine(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** The events of one kind and owner, the worst first. */
export interface EventGroup {
  heading: string;
  events: readonly NotificationEvent[];
  /** How many more there are that are not shown. */
  hidden: number;
}

/**
 * Events in the order they are told: by owner where there are several, by kind, the worst first. At most `most` in all are shown; the groups say how many
 * are not.
 */
export function groupsOf(events: readonly NotificationEvent[], most: number): EventGroup[] {
  const owners = new Set(events.map(({ ownerName }) => ownerName));
  const byHeading = new Map<string, NotificationEvent[]>();
  const place = new Map(EVENT_KINDS.map((kind, index) => [kind, index]));
  const sorted = [...events].sort(
    (a, b) =>
      (a.ownerName ?? "").localeCompare(b.ownerName ?? "", "en") ||
      (place.get(a.kind) ?? 0) - (place.get(b.kind) ?? 0) ||
      RANK[b.severity] - RANK[a.severity] ||
      Number(a.id) - Number(b.id),
  );
  for (const event of sorted) {
    const kind = EVENT_KIND_NAMES[event.kind].name;
    const heading = owners.size > 1 ? `${event.ownerName ?? "Without an owner"}: ${kind}` : kind;
    const group = byHeading.get(heading);
    if (group) group.push(event);
    else byHeading.set(heading, [event]);
  }
  // Every group gets its share before a long one takes the rest.
  const share = Math.max(1, Math.floor(most / Math.max(1, byHeading.size)));
  let left = most;
  const shown = new Map<string, number>();
  for (const [heading, group] of byHeading) {
    const count = Math.min(group.length, share, left);
    shown.set(heading, count);
    left -= count;
  }
  for (const [heading, group] of byHeading) {
    const more = Math.min(left, group.length - (shown.get(heading) ?? 0));
    shown.set(heading, (shown.get(heading) ?? 0) + more);
    left -= more;
  }
  return [...byHeading].map(([heading, group]) => {
    const count = shown.get(heading) ?? 0;
    return { heading, events: group.slice(0, count), hidden: group.length - count };
  });
}

/** What a message is about, in one line. */
export function subjectOf({ delivery, events, at }: Pick<ChannelMessage, "delivery" | "events" | "at">): string {
  const [first] = events;
  if (delivery === "test") return `${PRODUCT.name}: test message`;
  const critical = events.filter(({ severity }) => severity === "critical").length;
  if (delivery === "at-once" && events.length === 1 && first)
    return oneLine(`${PRODUCT.name}, ${SEVERITY_NAMES[first.severity].toLowerCase()}: ${wordsOf(first).title}`);
  const name = delivery === "at-once" ? "" : `${delivery === "daily" ? "daily" : "weekly"} digest of ${utcDay(at)}, `;
  return `${PRODUCT.name}: ${name}${countOf(events.length, "notification")}${critical > 0 ? `, ${critical} critical` : ""}`;
}

function utcDay(at: Date): string {
  return formatLongDay(at.toISOString().slice(0, 10));
}

/** A link below the public address; null where none is set. */
export function linkOf({ publicAddress }: Pick<ChannelMessage, "publicAddress">, path: string): string | null {
  return publicAddress === "" ? null : `${publicAddress}${path}`;
}

/** What a test message says. */
export const TEST_WORDS = `This is a test message of ${PRODUCT.name}. Notifications arrive here by the routing rules.`;
