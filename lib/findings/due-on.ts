import { DEFAULT_SLA_DAYS, type EpisodeState, type Severity } from "@/lib/domain/finding";
import { addDays, earlierOf, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";

/**
 * Day an episode is due: its start + the days of its severity. When the severity rises while it is open (an end of support comes closer and passes),
 * the clock of the higher severity starts on that day, and the earlier of both dates holds: nobody is overdue for a severity that did not exist
 * yet, and nobody gains time. When it falls, the longer time counts from the start. Source: docs/semantics.md, sections 5 and 11.
 */
export function dueOn(input: {
  episode: Pick<EpisodeState, "number" | "openedAt" | "severity">;
  /** The episode as it was stored before, with its due day; null for a new finding. */
  before: { number: number; severity: Severity; dueOn: PlainDate | null } | null;
  today: PlainDate;
}): PlainDate {
  const { episode, before, today } = input;
  const fromStart = addDays(plainDateFromInstantUtc(episode.openedAt), DEFAULT_SLA_DAYS[episode.severity]);
  if (!before?.dueOn || before.number !== episode.number) return fromStart;
  if (before.severity === episode.severity) return before.dueOn;
  const rose = DEFAULT_SLA_DAYS[episode.severity] < DEFAULT_SLA_DAYS[before.severity];
  return rose ? earlierOf(before.dueOn, addDays(today, DEFAULT_SLA_DAYS[episode.severity])) : fromStart;
}
