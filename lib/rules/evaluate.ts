import { type BrokerAttribute, type BrokerSnapshot, presenceClass } from "@/lib/domain/broker";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { ATTRIBUTE_LABELS } from "@/lib/rules/attribute-labels";
import {
  notApplicable,
  type Rule,
  type RuleContext,
  type RuleOutcome,
  unknown,
  type With,
} from "@/lib/rules/define-rule";
import { stableHash } from "@/lib/rules/stable-hash";

/** What one rule says of one broker. */
export interface RuleResult {
  rule: Rule;
  outcome: RuleOutcome;
}

/**
 * What a rule says of a broker. Gone brokers and those not in service are not judged, replicas only where the rule wants them, and an attribute
 * of `needs` that was never observed makes the answer `unknown`, so no rule has to think of any of that.
 */
export function evaluateRule(rule: Rule, broker: BrokerSnapshot, context: RuleContext): RuleOutcome {
  const outside = reasonNotJudged(rule, broker);
  if (outside) return notApplicable(outside);
  if (!hasNeeds(rule, broker)) return unknown(neverObserved(missingNeeds(rule, broker)));
  return rule.evaluate(broker, context);
}

/** What each of the rules says of a broker, in their order. */
export function evaluateBroker(
  rules: readonly Rule[],
  broker: BrokerSnapshot,
  context: RuleContext,
): readonly RuleResult[] {
  return rules.map((rule) => ({ rule, outcome: evaluateRule(rule, broker, context) }));
}

/**
 * Fingerprint of what was observed of the attributes that the rule judges (for one discriminator, where the rule has several). Equal before and
 * after: nothing was put right at the broker, whatever the outcome says. Comparable within one version of the rule.
 */
export function observedHash(rule: Rule, broker: BrokerSnapshot, discriminator = ""): string {
  if (rule.judged && hasNeeds(rule, broker)) return stableHash(rule.judged(broker, discriminator));
  return stableHash(rule.judges.map((attribute) => [attribute, broker.attributes[attribute] ?? null]));
}

/** Fingerprint of everything else that the outcome rests on: rule version, policy, reference rows, classification. */
export function policyHash(rule: Rule, broker: BrokerSnapshot, context: RuleContext): string {
  const basis = rule.basis && hasNeeds(rule, broker) ? rule.basis(broker, context) : null;
  return stableHash({ version: rule.version, basis });
}

function reasonNotJudged(rule: Rule, broker: BrokerSnapshot): string | null {
  const presence = presenceClass({ goneAt: broker.goneAt, state: broker.attributes.state });
  if (presence === "gone") {
    return `The broker is gone since ${broker.goneAt ? plainDateFromInstantUtc(broker.goneAt) : "an unknown day"}.`;
  }
  if (presence === "not-in-service") return `The broker is not in service (${broker.attributes.state}).`;
  return presence === "replica" && rule.replicas !== "judged" ? rule.replicas.notApplicable : null;
}

function neverObserved(attributes: readonly BrokerAttribute[]): string {
  const labels = attributes.map((attribute) => ATTRIBUTE_LABELS[attribute]);
  const last = labels.pop() ?? "";
  const list = labels.length > 0 ? `${labels.join(", ")} and ${last}` : last;
  return `Never observed: ${list}. The broker was listed, but not yet described.`;
}

function missingNeeds(rule: Rule, broker: BrokerSnapshot): BrokerAttribute[] {
  return rule.needs.filter((attribute) => broker.attributes[attribute] === undefined);
}

/** The type says more than is checked: defineRule has narrowed what `evaluate` can touch to `needs`, and just those are there. */
function hasNeeds(rule: Rule, broker: BrokerSnapshot): broker is With<BrokerAttribute> {
  return missingNeeds(rule, broker).length === 0;
}
