import { type CloseCause, REMEDIATION_CAUSES } from "@/lib/domain/finding";
import { Decimal } from "@/lib/domain/money";
import type { FleetSnapshot, KpiContributor, KpiEpisode, KpiExclusion, KpiValue } from "@/lib/kpis/define-kpi";
import { meanOf, medianOf, nearestRank, sumOf } from "@/lib/kpis/distribution";
import { kpiPeriodMs, periodSentence } from "@/lib/kpis/kpi-period";
import { countPart, kpiScope, msToDays } from "@/lib/kpis/kpi-scope";

const CAUSE_LABELS: readonly [CloseCause, string][] = [
  ["fixed-by-owner", "Fixed by owner"],
  ["fixed-by-aws", "Fixed by AWS"],
  ["replaced", "Replaced"],
];

/** Why a closed episode was not remediated, in words. */
export const NOT_REMEDIATION_LABELS: readonly [CloseCause, string][] = [
  ["decommissioned", "Closed because the broker is gone"],
  ["fixed-while-accepted", "Fixed while accepted or a false positive"],
  ["not-remediation", "Closed because a tag, policy, rule, reference or scope changed"],
];

/** Times to remediate, one value per series. */
export interface RemediationTimes {
  /** The series in their order. */
  series: readonly string[];
  /** The series of an episode; null where it is none of the KPI's. */
  seriesOf(episode: KpiEpisode): string | null;
  /** Said where nothing was remediated. */
  nothingRemediated(series: string): string;
  /** Further parts of a series. */
  moreParts?(snapshot: FleetSnapshot, series: string): KpiValue["parts"];
}

/**
 * Mean of closing less opening over the episodes that closed in the period as remediated, in days; beside it the distribution, the causes, and what is
 * still open, so that what is never closed cannot flatter the figure.
 */
export function remediationTimes(snapshot: FleetSnapshot, of: RemediationTimes): KpiValue[] {
  const scope = kpiScope(snapshot);
  const tallies = tallyEpisodes(snapshot, of);
  return of.series.map((series): KpiValue => {
    const tally = tallies.get(series) ?? emptyTally();
    const durations = Float64Array.from(tally.durations).sort();
    const available = snapshot.everSynced && durations.length > 0;
    return {
      series,
      value: available ? msToDays(meanOf(durations)) : null,
      numerator: available ? msToDays(sumOf(durations)) : null,
      denominator: available ? new Decimal(durations.length) : null,
      unknowns: 0,
      exclusions: exclusionsOf(tally),
      parts: [
        ...(available ? distributionParts(durations, tally) : []),
        ...openParts(tally),
        ...(of.moreParts?.(snapshot, series) ?? []),
      ],
      asOf: scope.asOf,
      unavailable: unavailableReason(snapshot, series, durations.length, of),
      caveats: [periodSentence(snapshot), ...snapshot.incompleteScopes],
    };
  });
}

/** The episodes behind the times: remediated ones count, those still open do not yet, those closed otherwise are left out. */
export function remediationContributors(snapshot: FleetSnapshot, of: RemediationTimes): KpiContributor[] {
  const { from, until } = kpiPeriodMs(snapshot);
  const end = Math.min(until, snapshot.now.getTime());
  return snapshot.episodes.flatMap((episode): KpiContributor[] => {
    const series = of.seriesOf(episode);
    if (series === null) return [];
    const subject = { kind: "episode" as const, episode };
    const closed = episode.closedAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const opened = episode.openedAt.getTime();
    if (episode.closeCause !== null && closed >= from && closed < until) {
      const amount = { value: msToDays(closed - opened).toFixed(), unit: "days" as const };
      return REMEDIATION_CAUSES.has(episode.closeCause)
        ? [{ series, group: "numerator", subject, reason: causeLabel(episode.closeCause), amount }]
        : [{ series, group: "excluded", subject, reason: causeLabel(episode.closeCause), amount }];
    }
    if (opened > end || closed <= end) return [];
    const amount = { value: msToDays(end - opened).toFixed(), unit: "days" as const };
    return [{ series, group: "not-in-numerator", subject, reason: "Still open at the end of the period", amount }];
  });
}

function causeLabel(cause: CloseCause): string {
  return [...CAUSE_LABELS, ...NOT_REMEDIATION_LABELS].find(([known]) => known === cause)?.[1] ?? cause;
}

/** Episodes of one series, as far as the period looks at them. Times in milliseconds. */
interface Tally {
  durations: number[];
  closed: Map<CloseCause, { count: number; sumMs: number }>;
  open: { count: number; sumMs: number };
}

/** One pass over the episodes, in numbers: there are tens of thousands, and every KPI request pays for it. */
function tallyEpisodes(snapshot: FleetSnapshot, { seriesOf }: RemediationTimes): Map<string, Tally> {
  const { from, until } = kpiPeriodMs(snapshot);
  const end = Math.min(until, snapshot.now.getTime());
  const tallies = new Map<string, Tally>();
  for (const episode of snapshot.episodes) {
    const series = seriesOf(episode);
    if (series === null) continue;
    let tally = tallies.get(series);
    if (!tally) {
      tally = emptyTally();
      tallies.set(series, tally);
    }
    const { openedAt, closedAt, closeCause } = episode;
    const opened = openedAt.getTime();
    const closed = closedAt === null ? Number.POSITIVE_INFINITY : closedAt.getTime();
    if (opened <= end && closed > end) {
      tally.open.count += 1;
      tally.open.sumMs += end - opened;
    }
    if (closeCause === null || closed < from || closed >= until) continue;
    const ofCause = tally.closed.get(closeCause) ?? { count: 0, sumMs: 0 };
    ofCause.count += 1;
    ofCause.sumMs += closed - opened;
    tally.closed.set(closeCause, ofCause);
    if (REMEDIATION_CAUSES.has(closeCause)) tally.durations.push(closed - opened);
  }
  return tallies;
}

function emptyTally(): Tally {
  return { durations: [], closed: new Map(), open: { count: 0, sumMs: 0 } };
}

function unavailableReason(
  snapshot: FleetSnapshot,
  series: string,
  remediated: number,
  of: RemediationTimes,
): string | null {
  if (!snapshot.everSynced) return "No sync has been completed yet.";
  return remediated === 0 ? of.nothingRemediated(series) : null;
}

function distributionParts(ascending: Float64Array, tally: Tally): KpiValue["parts"] {
  const causes = CAUSE_LABELS.flatMap(([cause, label]) => {
    const { count, sumMs } = tally.closed.get(cause) ?? { count: 0, sumMs: 0 };
    return [countPart(`${label}: n`, count), ...(count > 0 ? [daysPart(`${label}: mean`, sumMs / count)] : [])];
  });
  return [
    daysPart("Median", medianOf(ascending)),
    daysPart("90th percentile", nearestRank(ascending, 0.9)),
    countPart("n", ascending.length),
    ...causes,
  ];
}

/** Episodes open at the end of the period, or now while it runs. */
function openParts({ open: { count, sumMs } }: Tally): KpiValue["parts"] {
  return [countPart("Open", count), ...(count > 0 ? [daysPart("Open: mean age", sumMs / count)] : [])];
}

function exclusionsOf(tally: Tally): KpiExclusion[] {
  return NOT_REMEDIATION_LABELS.flatMap(([cause, reason]) => {
    const count = tally.closed.get(cause)?.count ?? 0;
    return count > 0 ? [{ reason, count }] : [];
  });
}

function daysPart(label: string, ms: number): KpiValue["parts"][number] {
  return { label, value: msToDays(ms).toFixed(), unit: "days" };
}
