import { DEFAULT_SLA_DAYS, type EpisodeState, type Severity } from "@/lib/domain/finding";
import { addDays, diffDays, earlierOf, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";

/**
 * Day an episode is due by its severity: its start + the days of the severity. When the severity rises while it is open (an end of support comes closer
 * and passes), the clock of the higher severity starts on that day, and the earlier of both dates holds: nobody is overdue for a severity that did not
 * exist yet, and nobody gains time. When it falls, the longer time counts from the start. Source: docs/semantics.md, sections 5 and 11.
 */
export function dueOn(input: {
  episode: Pick<EpisodeState, "openedAt" | "severity">;
  /** The episode before it changed; null for a new one. */
  before: { severity: Severity; dueOn: PlainDate | null } | null;
  today: PlainDate;
}): PlainDate {
  const { episode, before, today } = input;
  const fromStart = addDays(plainDateFromInstantUtc(episode.openedAt), DEFAULT_SLA_DAYS[episode.severity]);
  if (!before?.dueOn) return fromStart;
  if (before.severity === episode.severity) return before.dueOn;
  const rose = DEFAULT_SLA_DAYS[episode.severity] < DEFAULT_SLA_DAYS[before.severity];
  return rose ? earlierOf(before.dueOn, addDays(today, DEFAULT_SLA_DAYS[episode.severity])) : fromStart;
}

/**
 * The due day that counts: by severity, moved by approved acceptances, past and present. Null while a false positive stands, and where nothing can be
 * done at Amazon MQ (`outsideSla` of the evidence): then nothing is due.
 */
export function effectiveDueOn(
  episode: Pick<EpisodeState, "dueBaseOn" | "dueMovedDays" | "acceptance" | "closedAt" | "evidence">,
): PlainDate | null {
  const { dueBaseOn, dueMovedDays = 0, acceptance, closedAt, evidence } = episode;
  if (!dueBaseOn || evidence.outsideSla === true) return null;
  const pausedFrom = acceptance?.pausedFrom;
  if (!acceptance || !pausedFrom) return addDays(dueBaseOn, dueMovedDays);
  const ends = [acceptance.expiresAt, closedAt].flatMap((at) => (at ? [plainDateFromInstantUtc(at)] : []));
  const [first, second] = ends;
  if (!first) return null;
  const end = second ? earlierOf(first, second) : first;
  return addDays(dueBaseOn, dueMovedDays + Math.max(0, diffDays(pausedFrom, end)));
}

/** Whether an approved acceptance has moved the due day, or holds it now. */
export function isDueMoved({
  dueMovedDays = 0,
  acceptance,
}: Pick<EpisodeState, "dueMovedDays" | "acceptance">): boolean {
  return dueMovedDays > 0 || (acceptance?.pausedFrom ?? null) !== null;
}
