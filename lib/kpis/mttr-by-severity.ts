import { type CloseCause, REMEDIATION_CAUSES, SEVERITIES, type Severity } from "@/lib/domain/finding";
import { Decimal } from "@/lib/domain/money";
import { addDays, type DayInterval, instantAtStartUtc } from "@/lib/domain/plain-date";
import { defineKpi, type FleetSnapshot, type KpiExclusion, type KpiValue } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, msToDays } from "@/lib/kpis/kpi-scope";

/** Days of the period where the snapshot names none. */
const DEFAULT_PERIOD_DAYS = 90;

const CAUSE_LABELS: readonly [CloseCause, string][] = [
  ["fixed-by-owner", "Fixed by owner"],
  ["fixed-by-aws", "Fixed by AWS"],
  ["replaced", "Replaced"],
];

const NOT_REMEDIATION_LABELS: readonly [CloseCause, string][] = [
  ["decommissioned", "Closed because the broker is gone"],
  ["fixed-while-accepted", "Fixed while accepted or a false positive"],
  ["not-remediation", "Closed because a tag, policy, rule, reference or scope changed"],
];

export const mttrBySeverity = defineKpi({
  id: "mttr-by-severity",
  version: 1,
  title: "Mean time to remediate",
  definition:
    "Mean of closing less opening over the episodes of all rules that closed in the period as fixed by owner, fixed by AWS or replaced, per severity, " +
    "in days. Beside it the median, the 90th percentile (nearest rank), the number of episodes, the same split by cause, and the number and mean " +
    "age of the episodes that were open at the end of the period, so that what is never closed cannot flatter the figure. Times are known to one " +
    "observation interval.",
  numeratorLabel: "days to remediate in all",
  denominatorLabel: "episodes remediated",
  unit: "days",
  direction: "down-is-good",
  target: null,
  source: "Seed 000: mean time to remediate, over all rules",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    const tallies = tallyEpisodes(snapshot);
    return [...SEVERITIES].reverse().map((severity): KpiValue => {
      const tally = tallies[severity];
      const durations = tally.durations.sort();
      const available = snapshot.everSynced && durations.length > 0;
      return {
        series: severity,
        value: available ? msToDays(meanOf(durations)) : null,
        numerator: available ? msToDays(sumOf(durations)) : null,
        denominator: available ? new Decimal(durations.length) : null,
        unknowns: 0,
        exclusions: exclusionsOf(tally),
        parts: [...(available ? distributionParts(durations, tally) : []), ...openParts(tally)],
        asOf: scope.asOf,
        unavailable: unavailableReason(snapshot, severity, durations.length),
        caveats: snapshot.incompleteScopes,
      };
    });
  },
});

/** Episodes of one severity, as far as the period looks at them. Times in milliseconds. */
interface Tally {
  durations: Float64Array;
  closed: Map<CloseCause, { count: number; sumMs: number }>;
  open: { count: number; sumMs: number };
}

/** One pass over the episodes, in numbers: there are tens of thousands, and every KPI request pays for it. */
function tallyEpisodes(snapshot: FleetSnapshot): Record<Severity, Tally> {
  const { from, until } = periodOf(snapshot);
  const end = Math.min(until, snapshot.now.getTime());
  const durations: Record<Severity, number[]> = { low: [], medium: [], high: [], critical: [] };
  const tallies = { low: emptyTally(), medium: emptyTally(), high: emptyTally(), critical: emptyTally() };
  for (const { severity, openedAt, closedAt, closeCause } of snapshot.episodes) {
    const tally = tallies[severity];
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
    if (REMEDIATION_CAUSES.has(closeCause)) durations[severity].push(closed - opened);
  }
  for (const severity of SEVERITIES) tallies[severity].durations = Float64Array.from(durations[severity]);
  return tallies;
}

function emptyTally(): Tally {
  return { durations: new Float64Array(), closed: new Map(), open: { count: 0, sumMs: 0 } };
}

/** The period in milliseconds; closes happen at syncs, so the last day of a running period reaches to now. */
function periodOf({ period, today }: FleetSnapshot): { from: number; until: number } {
  const days: DayInterval = period ?? {
    start: addDays(today, 1 - DEFAULT_PERIOD_DAYS),
    endExclusive: addDays(today, 1),
  };
  return { from: instantAtStartUtc(days.start).getTime(), until: instantAtStartUtc(days.endExclusive).getTime() };
}

function unavailableReason(snapshot: FleetSnapshot, severity: Severity, remediated: number): string | null {
  if (!snapshot.everSynced) return "No sync has been completed yet.";
  return remediated === 0 ? `No ${severity} finding was remediated in the period.` : null;
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

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: Float64Array): number {
  return sumOf(values) / values.length;
}

/** Of ascending values; the mean of the middle two where their number is even. */
function medianOf(ascending: Float64Array): number {
  const middle = Math.floor(ascending.length / 2);
  const upper = ascending[middle] ?? 0;
  return ascending.length % 2 === 1 ? upper : ((ascending[middle - 1] ?? 0) + upper) / 2;
}

/** The smallest of ascending values that at least `share` of them do not exceed. */
function nearestRank(ascending: Float64Array, share: number): number {
  return ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)] ?? 0;
}
