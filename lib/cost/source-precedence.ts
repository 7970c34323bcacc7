import type { AmountUnits } from "@/lib/cost/amount-units";

/** Where cost figures come from, best first: the same order as ranks. */
export const COST_SOURCES = ["cur", "focus", "cost-explorer-resources", "cost-explorer"] as const;
export type CostSource = (typeof COST_SOURCES)[number];

const RANKS = new Map<string, number>(COST_SOURCES.map((source, rank) => [source, rank]));

/** Whether lines of the source name the resource that they are billed for. */
export function namesResources(source: string): boolean {
  return source !== "cost-explorer";
}

/** What one source and reporter say of an account and day. */
export interface DayReport {
  source: string;
  /** The account whose bill was read: the payer, or the account itself. */
  reportedBy: string;
  estimated: boolean;
  /** Day (UTC) on which its lines were last read differently from before. */
  observedOn: string;
  /** Usage per currency. */
  totals: Readonly<Record<string, AmountUnits>>;
}

/** The one report that counts; `estimated` is false also when a final report of another source tells the same total. */
export interface CountingReport {
  source: string;
  reportedBy: string;
  estimated: boolean;
}

/** Totals that differ by less than this part are the same spend, cut to different digits. */
const SAME_TOTAL_PARTS = 1_000_000n;

/**
 * Which of several reports of one account and day counts; null without any. Exactly one does, so nothing is counted twice.
 *
 * The best source wins, and within a source the final report before the estimated one, the payer's before the member's own. One exception: a
 * source that can no longer be read again (Cost Explorer forgets resources after 14 days) loses to a lesser one that is final, or changed on a
 * later day, and tells another total: AWS restated the day meanwhile.
 */
export function countingReport(accountId: string, reports: readonly DayReport[]): CountingReport | null {
  const bestOfSource = new Map<string, DayReport>();
  for (const report of reports) {
    const best = bestOfSource.get(report.source);
    if (!best || compareReports(accountId, report, best) < 0) bestOfSource.set(report.source, report);
  }
  const ranked = [...bestOfSource.values()].sort(
    (a, b) => rankOf(a.source) - rankOf(b.source) || (a.source < b.source ? -1 : 1),
  );
  let chosen = ranked[0];
  if (!chosen) return null;
  let confirmed = false;
  for (const other of ranked.slice(1)) {
    const same = sameTotals(chosen.totals, other.totals);
    const newer = (chosen.estimated && !other.estimated) || other.observedOn > chosen.observedOn;
    if (!same && newer) chosen = other;
    else if (same && !other.estimated) confirmed = true;
  }
  return {
    source: chosen.source,
    reportedBy: chosen.reportedBy,
    estimated: chosen.estimated && !confirmed,
  };
}

function rankOf(source: string): number {
  return RANKS.get(source) ?? RANKS.size;
}

/** Negative when `a` is the better report of one source. */
function compareReports(accountId: string, a: DayReport, b: DayReport): number {
  if (a.estimated !== b.estimated) return a.estimated ? 1 : -1;
  const [aIsMember, bIsMember] = [a.reportedBy === accountId, b.reportedBy === accountId];
  if (aIsMember !== bIsMember) return aIsMember ? 1 : -1;
  return a.reportedBy < b.reportedBy ? -1 : 1;
}

function sameTotals(a: DayReport["totals"], b: DayReport["totals"]): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((currency) => {
    const [x, y] = [a[currency] ?? 0n, b[currency] ?? 0n];
    const difference = x > y ? x - y : y - x;
    return difference * SAME_TOTAL_PARTS <= (x < 0n ? -x : x);
  });
}
