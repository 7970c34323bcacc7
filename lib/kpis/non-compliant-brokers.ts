import { type CloseCause, REMEDIATION_CAUSES } from "@/lib/domain/finding";
import { Decimal } from "@/lib/domain/money";
import {
  defineKpi,
  type FleetSnapshot,
  type KpiContributor,
  type KpiEpisode,
  type KpiValue,
} from "@/lib/kpis/define-kpi";
import { kpiPeriodMs, periodSentence } from "@/lib/kpis/kpi-period";
import { countPart, kpiScope } from "@/lib/kpis/kpi-scope";

/** The rule of seed 001, which leads. */
const HEADLINE = "production-highly-available";

export const nonCompliantBrokers = defineKpi({
  id: "non-compliant-brokers",
  version: 1,
  title: "Non-compliant brokers",
  definition:
    "Brokers that violate a rule at the end of the period, per rule, with high availability in production as the headline. It rolls forward: opening, plus " +
    "new in the period, less remediated (fixed by owner, fixed by AWS, replaced), less gone, less ended otherwise (a tag, policy, rule, reference or " +
    "scope changed, or fixed while accepted), is closing. A broker that violates a rule several times at once counts once.",
  numeratorLabel: "brokers that violate the rule",
  denominatorLabel: "brokers in scope",
  unit: "count",
  direction: "down-is-good",
  target: null,
  source: "Seed 001: number of non-compliant brokers",
  headlineSeries: HEADLINE,
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    const reason = !snapshot.everSynced
      ? "No sync has been completed yet."
      : snapshot.brokers.length === 0 && snapshot.episodes.length === 0
        ? "There are no brokers here."
        : null;
    const flows = flowsOf(snapshot);
    return [...new Set([HEADLINE, ...[...flows.keys()].sort()])].map((ruleId): KpiValue => {
      const flow = flows.get(ruleId) ?? NO_FLOW;
      return {
        series: ruleId,
        value: reason === null ? new Decimal(flow.closing) : null,
        numerator: reason === null ? new Decimal(flow.closing) : null,
        denominator: reason === null ? new Decimal(scope.brokers.length) : null,
        unknowns: scope.brokers.filter(({ stale }) => stale).length,
        exclusions: [],
        parts:
          reason === null
            ? [
                countPart("Opening", flow.opening),
                countPart("New", flow.opened),
                countPart("Remediated", flow.remediated),
                countPart("Gone", flow.gone),
                countPart("Ended otherwise", flow.other),
                countPart("Closing", flow.closing),
              ]
            : [],
        asOf: scope.asOf,
        unavailable: reason,
        caveats: [periodSentence(snapshot), ...scope.caveats],
      };
    });
  },
  contributors: (snapshot) => {
    const { until } = kpiPeriodMs(snapshot);
    const end = Math.min(until, snapshot.now.getTime());
    return stretchesOf(snapshot).map(({ ruleId, last, closed, cause }): KpiContributor => {
      const subject = { kind: "episode" as const, episode: last };
      const base = { series: ruleId, subject, amount: null };
      if (closed > end) return { ...base, group: "numerator", reason: null };
      return { ...base, group: "not-in-numerator", reason: ENDED[endOf(cause)] };
    });
  },
});

interface Flow {
  opening: number;
  opened: number;
  remediated: number;
  gone: number;
  other: number;
  closing: number;
}

const NO_FLOW: Flow = { opening: 0, opened: 0, remediated: 0, gone: 0, other: 0, closing: 0 };
const ENDED = {
  remediated: "Remediated in the period",
  gone: "Gone in the period",
  other: "Ended otherwise in the period",
};

/** A stretch of time in which a broker violates a rule, whatever the number of its findings. */
interface Stretch {
  ruleId: string;
  opened: number;
  /** Infinity while it lasts. */
  closed: number;
  cause: CloseCause | null;
  /** The episode that ended last, or lasts. */
  last: KpiEpisode;
}

function flowsOf(snapshot: FleetSnapshot): Map<string, Flow> {
  const { from, until } = kpiPeriodMs(snapshot);
  const end = Math.min(until, snapshot.now.getTime());
  const flows = new Map<string, Flow>();
  for (const { ruleId, opened, closed, cause } of stretchesOf(snapshot)) {
    let flow = flows.get(ruleId);
    if (!flow) {
      flow = { ...NO_FLOW };
      flows.set(ruleId, flow);
    }
    if (opened < from) flow.opening += 1;
    else flow.opened += 1;
    if (closed > end) flow.closing += 1;
    else flow[endOf(cause)] += 1;
  }
  return flows;
}

function endOf(cause: CloseCause | null): "remediated" | "gone" | "other" {
  if (cause !== null && REMEDIATION_CAUSES.has(cause)) return "remediated";
  return cause === "decommissioned" ? "gone" : "other";
}

/** The stretches that overlap the period. Nearly every broker has one episode per rule, so only the others are merged. */
function stretchesOf(snapshot: FleetSnapshot): Stretch[] {
  const { from, until } = kpiPeriodMs(snapshot);
  const end = Math.min(until, snapshot.now.getTime());
  const byRule = new Map<string, Map<number, KpiEpisode | KpiEpisode[]>>();
  for (const episode of snapshot.episodes) {
    const { ruleId, brokerId, openedAt, closedAt } = episode;
    if (brokerId === null || openedAt.getTime() > end || (closedAt !== null && closedAt.getTime() < from)) continue;
    let brokers = byRule.get(ruleId);
    if (!brokers) {
      brokers = new Map();
      byRule.set(ruleId, brokers);
    }
    const there = brokers.get(brokerId);
    if (there === undefined) brokers.set(brokerId, episode);
    else if (Array.isArray(there)) there.push(episode);
    else brokers.set(brokerId, [there, episode]);
  }
  const stretches: Stretch[] = [];
  for (const brokers of byRule.values()) {
    for (const episodes of brokers.values()) {
      if (Array.isArray(episodes)) stretches.push(...merged(episodes));
      else stretches.push(stretchOf(episodes));
    }
  }
  return stretches;
}

function stretchOf(episode: KpiEpisode): Stretch {
  return {
    ruleId: episode.ruleId,
    opened: episode.openedAt.getTime(),
    closed: episode.closedAt?.getTime() ?? Number.POSITIVE_INFINITY,
    cause: episode.closeCause,
    last: episode,
  };
}

/** Findings that overlap or meet are one stretch; it ends as the last of them does. */
function merged(episodes: readonly KpiEpisode[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const next of episodes.map(stretchOf).sort((a, b) => a.opened - b.opened)) {
    const current = stretches.at(-1);
    if (!current || next.opened > current.closed) stretches.push(next);
    else if (next.closed > current.closed)
      Object.assign(current, { closed: next.closed, cause: next.cause, last: next.last });
  }
  return stretches;
}
