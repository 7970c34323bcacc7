import { type BrokerSnapshot, presenceClass } from "@/lib/domain/broker";
import type { BrokerFact } from "@/lib/domain/broker-facts";
import { engineDisplayName, isKnownEngine } from "@/lib/domain/engine-version";
import type { Severity } from "@/lib/domain/finding";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { ATTRIBUTE_LABELS, FACT_LABELS } from "@/lib/rules/attribute-labels";
import {
  notApplicable,
  type Rule,
  type RuleContext,
  type RuleNeed,
  type RuleOutcome,
  unknown,
  type With,
} from "@/lib/rules/define-rule";
import type { RuleSetting } from "@/lib/rules/policy";
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
  const { environment } = broker.environment;
  const setting = context.policy.settingOf(rule.id, environment);
  if (setting && !setting.enabled) return switchedOff(setting);
  const outcome = outcomeOf(rule, broker, context);
  return setting?.severity ? reweighted(outcome, setting.severity) : outcome;
}

/** What a rule says that an administrator switched off. */
export function switchedOff({ environment, reason }: Pick<RuleSetting, "environment" | "reason">): RuleOutcome {
  const where = environment === "" ? "" : ` for ${environment}`;
  return notApplicable(`The rule is switched off${where}: ${reason.trim().replace(/[.!?]*$/, ".")}`);
}

function outcomeOf(rule: Rule, broker: BrokerSnapshot, context: RuleContext): RuleOutcome {
  const { engine } = broker.attributes;
  if (rule.engine && engine !== undefined && engine !== rule.engine.only) {
    return isKnownEngine(engine)
      ? notApplicable(rule.engine.otherwise)
      : unknown(`Whether this applies to ${engineDisplayName(engine)} brokers is not known.`);
  }
  if (!hasNeeds(rule, broker)) return unknown(neverObserved(missingNeeds(rule, broker)));
  return rule.evaluate(broker, context);
}

/** The outcome with the severity that an administrator gave the rule. */
export function reweighted(outcome: RuleOutcome, severity: Severity): RuleOutcome {
  if (outcome.kind !== "fail") return outcome;
  const [first, ...rest] = outcome.failures;
  return { ...outcome, failures: [{ ...first, severity }, ...rest.map((failure) => ({ ...failure, severity }))] };
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
  return stableHash(rule.judges.map((need) => [need, observed(broker, need) ?? null]));
}

/** Fingerprint of everything else that the outcome rests on: rule version, policy, reference rows, classification. */
export function policyHash(rule: Rule, broker: BrokerSnapshot, context: RuleContext): string {
  const basis = rule.basis && hasNeeds(rule, broker) ? rule.basis(broker, context) : null;
  const setting = context.policy.settingOf(rule.id, broker.environment.environment);
  const changed = setting && { enabled: setting.enabled, severity: setting.severity };
  return stableHash({ version: rule.version, basis, setting: changed });
}

function reasonNotJudged(rule: Rule, broker: BrokerSnapshot): string | null {
  const presence = presenceClass({ goneAt: broker.goneAt, state: broker.attributes.state });
  if (presence === "gone") {
    return `The broker is gone since ${broker.goneAt ? plainDateFromInstantUtc(broker.goneAt) : "an unknown day"}.`;
  }
  if (presence === "not-in-service") return `The broker is not in service (${broker.attributes.state}).`;
  return presence === "replica" && rule.replicas !== "judged" ? rule.replicas.notApplicable : null;
}

function neverObserved(needs: readonly RuleNeed[]): string {
  const labels = needs.map((need) => (isFact(need) ? FACT_LABELS[need] : ATTRIBUTE_LABELS[need]));
  const last = labels.pop() ?? "";
  const list = labels.length > 0 ? `${labels.join(", ")} and ${last}` : last;
  const reason = needs.every(isFact)
    ? "The source was not read for this broker."
    : "The broker was listed, but not yet described.";
  return `Never observed: ${list}. ${reason}`;
}

function missingNeeds(rule: Rule, broker: BrokerSnapshot): RuleNeed[] {
  return rule.needs.filter((need) => observed(broker, need) === undefined);
}

function observed(broker: BrokerSnapshot, need: RuleNeed): unknown {
  return isFact(need) ? broker.facts?.[need] : broker.attributes[need];
}

function isFact(need: RuleNeed): need is BrokerFact {
  return Object.hasOwn(FACT_LABELS, need);
}

/** The type says more than is checked: defineRule has narrowed what `evaluate` can touch to `needs`, and just those are there. */
function hasNeeds(rule: Rule, broker: BrokerSnapshot): broker is With<RuleNeed> {
  return rule.needs.every((need) => observed(broker, need) !== undefined);
}
