import { REMEDIATION_CAUSES } from "@/lib/domain/finding";
import { Decimal } from "@/lib/domain/money";
import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { ContributorGroup, FleetSnapshot, KpiContributor, KpiEpisode, KpiValue } from "@/lib/kpis/define-kpi";
import { deadlinesUntil, kpiPeriod, periodSentence } from "@/lib/kpis/kpi-period";
import { kpiScope, percent } from "@/lib/kpis/kpi-scope";

/** A deadline that episodes have, and what meets it. */
export interface DeadlineQuestion {
  /** The last day on which it can be met; null while a clock is paused. */
  deadlineOf(episode: KpiEpisode): PlainDate | null;
  /** Whether it was met by something else than remediation. */
  alsoMet?(episode: KpiEpisode, deadline: PlainDate): boolean;
  nothingDue: string;
}

interface Standing {
  group: ContributorGroup;
  reason: string;
}

/** Deadlines met, by those that fell in the period: remediated by the day, or met otherwise. What ended before without remediation was never due. */
export function deadlineShare(snapshot: FleetSnapshot, question: DeadlineQuestion): KpiValue {
  const scope = kpiScope(snapshot);
  const standingOf = standings(snapshot, question);
  let met = 0;
  let due = 0;
  const excluded = new Map<string, number>();
  for (const episode of snapshot.episodes) {
    const standing = standingOf(episode);
    if (standing === null) continue;
    if (standing.group === "excluded") excluded.set(standing.reason, (excluded.get(standing.reason) ?? 0) + 1);
    else {
      due += 1;
      if (standing.group === "numerator") met += 1;
    }
  }
  const available = snapshot.everSynced && due > 0;
  return {
    series: "",
    value: available ? percent(met, due) : null,
    numerator: available ? new Decimal(met) : null,
    denominator: available ? new Decimal(due) : null,
    unknowns: 0,
    exclusions: [...excluded].map(([reason, count]) => ({ reason, count })),
    parts: [],
    asOf: scope.asOf,
    unavailable: !snapshot.everSynced ? "No sync has been completed yet." : due === 0 ? question.nothingDue : null,
    caveats: [periodSentence(snapshot, deadlinesUntil(snapshot)), ...snapshot.incompleteScopes],
  };
}

/** The episodes behind the share. */
export function deadlineContributors(snapshot: FleetSnapshot, question: DeadlineQuestion): KpiContributor[] {
  const standingOf = standings(snapshot, question);
  return snapshot.episodes.flatMap((episode): KpiContributor[] => {
    const standing = standingOf(episode);
    return standing === null ? [] : [{ ...standing, series: "", subject: { kind: "episode", episode }, amount: null }];
  });
}

/** Where an episode stands; null where its deadline did not fall in the period. */
function standings(snapshot: FleetSnapshot, question: DeadlineQuestion): (episode: KpiEpisode) => Standing | null {
  const { start } = kpiPeriod(snapshot);
  const until = deadlinesUntil(snapshot);
  return (episode) => {
    const deadline = question.deadlineOf(episode);
    if (deadline === null || deadline < start || deadline >= until) return null;
    const closedOn = episode.closedAt === null ? null : plainDateFromInstantUtc(episode.closedAt);
    const closedInTime = closedOn !== null && closedOn <= deadline;
    const remediated = episode.closeCause !== null && REMEDIATION_CAUSES.has(episode.closeCause);
    if (closedInTime && remediated) return { group: "numerator", reason: "Remediated on time" };
    if (question.alsoMet?.(episode, deadline)) return { group: "numerator", reason: "Acknowledged on time" };
    if (closedInTime) return { group: "excluded", reason: "Ended before it was due, without remediation" };
    if (closedOn === null) return { group: "not-in-numerator", reason: `Overdue since ${deadline}` };
    return {
      group: "not-in-numerator",
      reason: remediated ? `Remediated late, on ${closedOn}` : `Ended late without remediation, on ${closedOn}`,
    };
  };
}
