import { type BrokerSnapshot, presenceClass } from "@/lib/domain/broker";
import type { FindingSnapshot } from "@/lib/domain/finding";
import { findingOutcomeOf, type ReconciledFinding, retireFinding } from "@/lib/findings/finding-outcome";
import { type Observation, reconcileFinding, type SubjectPresence } from "@/lib/findings/reconcile";
import type { Rule, RuleContext } from "@/lib/rules/define-rule";
import { observedHash, policyHash, type RuleResult } from "@/lib/rules/evaluate";

/** The part of an observation that is the same for all rules of a broker. */
export interface BrokerObservation
  extends Pick<Observation, "now" | "previousObservedAt" | "presence" | "observedAt" | "actor"> {
  fixedBy(rule: Rule): Observation["fixedBy"];
}

/**
 * Brings all findings of one broker in line with what its rules say: existing ones of every rule (also of rules that no longer exist, which closes
 * them as no remediation) and new ones. Findings about which there is nothing to say, because there was none and there is none, are left out.
 */
export function reconcileBroker(input: {
  broker: BrokerSnapshot;
  /** What every rule of the registry says of the broker (evaluateBroker). */
  results: readonly RuleResult[];
  /** All findings of this broker. */
  findings: readonly FindingSnapshot[];
  context: RuleContext;
  observation: BrokerObservation;
}): readonly ReconciledFinding[] {
  const { broker, results, findings, context } = input;
  const observation = { ...input.observation, presence: presenceForFindings(broker, input.observation.presence) };
  // Most rules pass on most brokers, and most of those have no finding: they must cost next to nothing.
  const reconciled: ReconciledFinding[] = [];
  for (const result of results) {
    const existing = findings.filter(({ ruleId }) => ruleId === result.rule.id);
    if (existing.length === 0 && result.outcome.kind !== "fail") continue;
    reconciled.push(...reconcileRule({ broker, context, observation }, result, existing));
  }
  const orphans = findings.filter(({ ruleId }) => !results.some(({ rule }) => rule.id === ruleId));
  return [...reconciled, ...orphans.map((finding) => retireFinding(finding, observation))];
}

/**
 * A broker that is being created or deleted is listed, but rules do not judge it: its findings stay as they are. Else a deletion would close them
 * as not applicable hours before it can be proved to be one.
 */
function presenceForFindings(broker: BrokerSnapshot, presence: SubjectPresence): SubjectPresence {
  const inTransit = presenceClass({ goneAt: broker.goneAt, state: broker.attributes.state }) === "not-in-service";
  return presence === "observed" && inTransit ? "not-observed" : presence;
}

function reconcileRule(
  { broker, context, observation }: { broker: BrokerSnapshot; context: RuleContext; observation: BrokerObservation },
  { rule, outcome }: RuleResult,
  findings: readonly FindingSnapshot[],
): ReconciledFinding[] {
  const existing = new Map(findings.map((finding) => [finding.discriminator, finding]));
  const failures = new Map(outcome.kind === "fail" ? outcome.failures.map((f) => [f.discriminator, f]) : []);
  const discriminators = [...new Set([...existing.keys(), ...failures.keys()])].sort();
  const shared = {
    ...observation,
    policyHash: policyHash(rule, broker, context),
    ruleVersion: rule.version,
    fixedBy: observation.fixedBy(rule),
  };
  // One fingerprint for all where the rule does not tell discriminators apart: an advisory rule has dozens of them.
  const common = rule.judged ? null : observedHash(rule, broker);
  return discriminators.map((discriminator) => {
    const before = existing.get(discriminator) ?? null;
    const failure = failures.get(discriminator) ?? null;
    const own: Observation = { ...shared, observedHash: common ?? observedHash(rule, broker, discriminator) };
    const findingOutcome = findingOutcomeOf(rule, outcome, discriminator, failure);
    return { ruleId: rule.id, discriminator, before, failure, ...reconcileFinding(before, findingOutcome, own) };
  });
}
