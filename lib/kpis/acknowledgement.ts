import { addWorkingDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { type DeadlineQuestion, deadlineContributors, deadlineShare } from "@/lib/kpis/deadline-share";
import { defineKpi, type FleetSnapshot } from "@/lib/kpis/define-kpi";
import { unavailableValue } from "@/lib/kpis/register-basis";

/** Working days within which somebody takes a finding on. */
const WORKING_DAYS = 5;

export const acknowledgement = defineKpi({
  id: "acknowledgement",
  version: 1,
  title: "Findings taken on in time",
  definition:
    "Episodes that their owner acknowledged with a note and a target date, or that were remediated, by the end of the fifth working day (Monday to " +
    "Friday, UTC) after detection, by all episodes of which that day fell in the period. What ended before without remediation is left out. Public " +
    "holidays are not known and count as working days.",
  numeratorLabel: "episodes acknowledged or remediated by the deadline",
  denominatorLabel: "deadlines in the period",
  unit: "percent",
  direction: "up-is-good",
  target: 95,
  source: "Seed 000: owners take on their findings within five working days",
  compute: (snapshot) => {
    if (!snapshot.everSynced) return [unavailableValue("", "No sync has been completed yet.")];
    if (!snapshot.acknowledgementsKnown) return [unavailableValue("", "Nobody has acknowledged a finding here yet.")];
    return [deadlineShare(snapshot, questionOf())];
  },
  contributors: (snapshot: FleetSnapshot) =>
    snapshot.acknowledgementsKnown ? deadlineContributors(snapshot, questionOf()) : [],
});

/** Thousands of episodes open on few days: each day is counted on once. */
function questionOf(): DeadlineQuestion {
  const deadlines = new Map<number, PlainDate>();
  return {
    deadlineOf: ({ openedAt }) => {
      const dayNumber = Math.floor(openedAt.getTime() / 86_400_000);
      let deadline = deadlines.get(dayNumber);
      if (deadline === undefined) {
        deadline = addWorkingDays(plainDateFromInstantUtc(openedAt), WORKING_DAYS);
        deadlines.set(dayNumber, deadline);
      }
      return deadline;
    },
    alsoMet: ({ acknowledgedAt }, deadline) =>
      acknowledgedAt !== null && plainDateFromInstantUtc(acknowledgedAt) <= deadline,
    nothingDue: "No deadline for an acknowledgement fell in the period.",
  };
}
