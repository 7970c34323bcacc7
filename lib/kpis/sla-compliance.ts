import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { type DeadlineQuestion, deadlineContributors, deadlineShare } from "@/lib/kpis/deadline-share";
import { defineKpi, type FleetSnapshot } from "@/lib/kpis/define-kpi";
import { kpiPeriod } from "@/lib/kpis/kpi-period";
import { countPart } from "@/lib/kpis/kpi-scope";

const QUESTION: DeadlineQuestion = {
  deadlineOf: ({ dueOn }) => dueOn,
  nothingDue: "No finding was due in the period.",
};

export const slaCompliance = defineKpi({
  id: "sla-compliance",
  version: 1,
  title: "Findings fixed on time",
  definition:
    "Episodes that were due in the period and remediated by their due day (fixed by owner, fixed by AWS or replaced), by all episodes due in the period. " +
    "The due day is the day of detection and the days of the severity. An episode due today is not over yet. What ended before it was due " +
    "without remediation, and what an approved acceptance pauses, is left out. Beside it what was overdue when the period began.",
  numeratorLabel: "episodes remediated on time",
  denominatorLabel: "episodes due in the period",
  unit: "percent",
  direction: "up-is-good",
  target: 95,
  source: "Seed 000: remediation within the agreed time",
  compute: (snapshot) => {
    const carried = overdueCarriedIn(snapshot);
    return [{ ...deadlineShare(snapshot, QUESTION), parts: [countPart("Overdue carried into the period", carried)] }];
  },
  contributors: (snapshot) => deadlineContributors(snapshot, QUESTION),
});

function overdueCarriedIn(snapshot: FleetSnapshot): number {
  const { start } = kpiPeriod(snapshot);
  return snapshot.episodes.filter(
    ({ dueOn, closedAt }) =>
      dueOn !== null && dueOn < start && (closedAt === null || plainDateFromInstantUtc(closedAt) >= start),
  ).length;
}
