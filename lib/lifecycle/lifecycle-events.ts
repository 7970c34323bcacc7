import { engineDisplayName } from "@/lib/domain/engine-version";
import { addDays, type PlainDate } from "@/lib/domain/plain-date";
import type { LifecycleEntry } from "./lifecycle-timeline";
import { FORCED_UPGRADE_DAYS, NOTICE_DAYS } from "./support-status";

export type LifecycleEventKind =
  | "notice-start"
  | "create-block-start"
  | "end-of-support"
  | "forced-upgrade-end"
  | "no-end-date";

/** A day of the life cycle of something that brokers run. */
export interface LifecycleEvent {
  /** Stays the same when the day moves: a subscribed calendar then moves the event. */
  readonly id: string;
  readonly kind: LifecycleEventKind;
  readonly entry: LifecycleEntry;
  readonly day: PlainDate;
  readonly title: string;
  readonly sentence: string;
}

/**
 * The days to have in a calendar for these lines and types: first day of the notice and of the create-block, the end of support, and the last day of
 * AWS's upgrade window. What has no end date has the day from which on nobody can know, so that its calendar is not empty as if nothing would ever end.
 */
export function lifecycleEvents(entries: readonly LifecycleEntry[]): readonly LifecycleEvent[] {
  return entries.flatMap(eventsOf).sort((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1));
}

function eventsOf(entry: LifecycleEntry): LifecycleEvent[] {
  const name =
    entry.kind === "engine-line"
      ? `${engineDisplayName(entry.engine)} ${entry.name}`
      : `${entry.name} for ${engineDisplayName(entry.engine)}`;
  const event = (kind: LifecycleEventKind, day: PlainDate | null, title: string, sentence: string) =>
    day === null ? [] : [{ id: `${entry.id} ${kind}`, kind, entry, day, title: `${name}: ${title}`, sentence }];
  const { endOfSupport, forcedUpgradeEndExclusive } = entry;
  if (endOfSupport === null) {
    return event(
      "no-end-date",
      entry.noEndDateAsOf && entry.notKnowableFrom,
      "look for an end date",
      `AWS had published no end date as of ${entry.noEndDateAsOf}. It gives ${NOTICE_DAYS} days notice: from this day on an end that was announced since can be in force.`,
    );
  }
  return [
    ...event(
      "notice-start",
      entry.noticeFrom,
      `${NOTICE_DAYS} days to the end of support`,
      `AWS's notice period begins. Support ends on ${endOfSupport}.`,
    ),
    ...event(
      "create-block-start",
      entry.createBlockedFrom,
      "AWS refuses new brokers",
      `From this day on AWS creates no new brokers on it. Support ends on ${endOfSupport}.`,
    ),
    ...event(
      "end-of-support",
      endOfSupport,
      "end of support",
      entry.kind === "engine-line"
        ? `First day past support. AWS may upgrade brokers in any of their maintenance windows in the ${FORCED_UPGRADE_DAYS} days from this one on.`
        : "First day past support. AWS promises no upgrade: a broker may become unreachable. Choose another instance type before.",
    ),
    ...event(
      "forced-upgrade-end",
      forcedUpgradeEndExclusive && addDays(forcedUpgradeEndExclusive, -1),
      "last day of AWS's upgrade window",
      `A broker that still runs it after this day is overdue. Support ended on ${endOfSupport}.`,
    ),
  ];
}
