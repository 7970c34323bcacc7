import type { BrokerDerivation, EvaluatedBroker, StoredChange } from "@/lib/db/broker-evaluation-store";
import type { NewBrokerChange } from "@/lib/db/broker-store";
import type { FindingWrite, StoredFinding } from "@/lib/db/finding-store";
import type { BrokerSnapshot } from "@/lib/domain/broker";
import { isStale } from "@/lib/domain/broker";
import type { BrokerFacts } from "@/lib/domain/broker-facts";
import { asksForWork, type EpisodeEvent, type FindingState, type Severity, severityRank } from "@/lib/domain/finding";
import { effectiveDueOn, isDueMoved } from "@/lib/findings/due-on";
import type { ReconciledFinding } from "@/lib/findings/finding-outcome";
import { fixedBy } from "@/lib/findings/fixed-by";
import type { SubjectPresence } from "@/lib/findings/reconcile";
import { reconcileBroker } from "@/lib/findings/reconcile-broker";
import { supportStatus } from "@/lib/lifecycle/support-status";
import type { RuleContext } from "@/lib/rules/define-rule";
import { evaluateBroker, type RuleResult } from "@/lib/rules/evaluate";
import { RULES } from "@/lib/rules/registry";
import type { Classification } from "@/lib/services/classify-fleet";

/** How the scope of a broker stands at the evaluation. */
export interface ScopeStanding {
  /** Not connected any more, or a region that is not read any more: an audited act. */
  inScope: boolean;
  /** The last attempt to read descriptions brought some. */
  lastAttemptRead: boolean;
  describedAt: Date | null;
  listedAt: Date | null;
  /** The observation before `describedAt`. */
  describedBefore: Date | null;
}

export interface BrokerInput {
  broker: EvaluatedBroker;
  classification: Classification;
  standing: ScopeStanding;
  findings: readonly StoredFinding[];
  changes: readonly StoredChange[];
  /** What other sources tell of it (lib/services/load-rule-facts.ts). */
  facts?: Partial<BrokerFacts>;
}

export interface BrokerVerdict {
  /** Null when nothing of it differs from what is stored. */
  derivation: ({ id: number } & BrokerDerivation) | null;
  findings: FindingWrite[];
  changes: NewBrokerChange[];
  opened: number;
  closed: number;
  /** What every rule says, and whether it rests on a present observation. */
  results: readonly RuleResult[];
  observed: boolean;
}

/** Judges one broker: outcome of every rule, its findings, and what its row repeats of them. Pure. */
export function judgeBroker(input: BrokerInput, context: RuleContext, actor: string): BrokerVerdict {
  const { broker, classification, standing, findings } = input;
  const snapshot = { ...snapshotOf(broker, classification, standing), facts: input.facts };
  const results = evaluateBroker(RULES, snapshot, context);
  const presence = presenceOf(input, snapshot, context.now);
  const reconciled = reconcileBroker({
    broker: snapshot,
    results,
    findings,
    context,
    observation: {
      now: context.now,
      previousObservedAt: broker.firstSeenAt < context.now ? standing.describedBefore : null,
      presence,
      observedAt: snapshot.observedAt,
      actor,
      fixedBy: (rule) =>
        input.changes.length === 0
          ? "owner"
          : fixedBy({ rule, broker: snapshot, changes: input.changes, calendar: context.calendar }),
    },
  });
  const known = new Map(findings.map((finding) => [`${finding.ruleId}|${finding.discriminator}`, finding]));
  const writes = reconciled.flatMap((one) => findingWrite(one, known, input, snapshot) ?? []);
  const live = liveFindings(findings, reconciled);
  const derivation = derive(input, snapshot, results, live, context);
  return {
    derivation: sameDerivation(derivation, broker.derived) ? null : { id: broker.id, ...derivation },
    findings: writes,
    changes: reclassifications(input, derivation),
    opened: reconciled.filter((one) => one.events.some(isOpening)).length,
    closed: reconciled.filter((one) => one.events.some((event) => event.to === "closed")).length,
    results,
    observed: presence === "observed",
  };
}

/** A first or new episode, or one that goes on after it was closed. */
export function isOpening(event: EpisodeEvent): boolean {
  return event.to !== "closed" && (event.from === null || event.from === "closed");
}

/** The broker as rules see it. */
export function snapshotOf(
  broker: EvaluatedBroker,
  classification: Classification,
  standing: ScopeStanding,
): BrokerSnapshot {
  const scopeReadAt = broker.described ? standing.describedAt : standing.listedAt;
  return {
    arn: broker.arn,
    brokerId: broker.brokerId,
    accountId: broker.accountId,
    region: broker.region,
    attributes: broker.attributes,
    observedAt: broker.describedUntil ?? scopeReadAt ?? broker.firstSeenAt,
    firstSeenAt: broker.firstSeenAt,
    goneAt: broker.goneAt,
    environment: classification.environment,
    owner: classification.owner,
  };
}

/**
 * Whether the evaluation rests on a present observation. A broker whose description failed, whose scope could not be read at the last attempt or
 * whose facts are older than three days changes nothing about its findings.
 */
function presenceOf({ broker, standing }: BrokerInput, snapshot: BrokerSnapshot, now: Date): SubjectPresence {
  if (broker.goneAt) return "gone";
  if (!standing.inScope) return "out-of-scope";
  const current = broker.described && broker.describedUntil === null && standing.lastAttemptRead;
  return current && !isStale(snapshot.observedAt, now) ? "observed" : "not-observed";
}

interface LiveFinding {
  state: FindingState;
  severity: Severity;
}

function liveFindings(findings: readonly StoredFinding[], reconciled: readonly ReconciledFinding[]): LiveFinding[] {
  const after = new Map<string, LiveFinding>();
  for (const { ruleId, discriminator, episodes } of [...findings, ...reconciled]) {
    const last = episodes.at(-1);
    if (last) after.set(`${ruleId}|${discriminator}`, { state: last.state, severity: last.severity });
  }
  return [...after.values()].filter(({ state }) => asksForWork(state));
}

function derive(
  { broker, classification }: BrokerInput,
  snapshot: BrokerSnapshot,
  results: readonly RuleResult[],
  live: readonly LiveFinding[],
  context: RuleContext,
): BrokerDerivation {
  const { engine, engineVersion } = snapshot.attributes;
  const support = supportStatus({ engine, version: engineVersion, calendar: context.calendar, on: context.today });
  return {
    environment: classification.environment.environment,
    environmentSource: classification.environment.source,
    countsAsProduction: classification.environment.countsAsProduction,
    ownerId: classification.ownerId,
    ownerSource: classification.owner.source,
    supportStatus: support.state,
    supportStage: support.stage,
    endOfSupport: support.endOfSupport,
    openFindings: broker.goneAt ? 0 : live.length,
    worstSeverity: broker.goneAt ? 0 : Math.max(0, ...live.map(({ severity }) => severityRank(severity))),
    ruleResults: Object.fromEntries(results.map(({ rule, outcome }) => [rule.id, outcome.kind])),
  };
}

function findingWrite(
  one: ReconciledFinding,
  known: ReadonlyMap<string, StoredFinding>,
  { broker, classification }: BrokerInput,
  snapshot: BrokerSnapshot,
): FindingWrite | null {
  const episode = one.episodes.at(-1);
  if (!episode) return null;
  const before = known.get(`${one.ruleId}|${one.discriminator}`);
  // A closed finding keeps the classification and the sentence of the day it closed.
  if (!one.changed && episode.state === "closed") return null;
  const shown = {
    accountId: broker.accountId,
    region: broker.region,
    engine: snapshot.attributes.engine ?? "UNKNOWN",
    environment: classification.environment.environment,
    ownerId: classification.ownerId,
    dueOn: effectiveDueOn(episode),
    dueMoved: isDueMoved(episode),
    summary: one.failure?.summary ?? before?.shown.summary ?? "",
  };
  if (!one.changed && before && sameFields(shown, before.shown)) return null;
  return {
    ruleId: one.ruleId,
    subjectKey: broker.arn,
    discriminator: one.discriminator,
    brokerId: broker.id,
    shown,
    episode,
    episodeChanged: one.changed,
    events: one.events,
  };
}

/** Environment and owner as they were and are, when an evaluated broker's classification moved: never silent, and listed in reports. */
function reclassifications(
  { broker, classification, standing }: BrokerInput,
  derivation: BrokerDerivation,
): NewBrokerChange[] {
  const { derived } = broker;
  const { environment, owner } = classification;
  const previousObservedAt = standing.describedBefore;
  if (Object.keys(derived.ruleResults).length === 0) return [];
  const changes: NewBrokerChange[] = [];
  if (derived.environment !== derivation.environment || derived.environmentSource !== derivation.environmentSource) {
    changes.push({
      arn: broker.arn,
      attribute: "environment",
      oldValue: { environment: derived.environment, source: derived.environmentSource },
      newValue: { environment: environment.environment, source: environment.source },
      previousObservedAt,
    });
  }
  if (derived.ownerId !== derivation.ownerId || derived.ownerSource !== derivation.ownerSource) {
    changes.push({
      arn: broker.arn,
      attribute: "owner",
      oldValue: { ownerKey: broker.ownerKey, displayName: broker.ownerName, source: derived.ownerSource },
      newValue: { ownerKey: owner.ownerKey, displayName: owner.display, source: owner.source },
      previousObservedAt,
    });
  }
  return changes;
}

function sameDerivation(a: BrokerDerivation, b: BrokerDerivation): boolean {
  const { ruleResults: outcomesA, ...restA } = a;
  const { ruleResults: outcomesB, ...restB } = b;
  return sameFields(restA, restB) && sameFields(outcomesA, outcomesB);
}

/** Equality of flat records; written out, because it is asked for every broker and finding of every sync. */
export function sameFields(a: object, b: object): boolean {
  const known = new Map<string, unknown>(Object.entries(b));
  const entries = Object.entries(a);
  return entries.length === known.size && entries.every(([key, value]) => known.get(key) === value);
}
