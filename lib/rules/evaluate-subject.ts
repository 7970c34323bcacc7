import type { OtherSubjectType, SubjectByType } from "@/lib/domain/finding-subject";
import type { RuleContext, RuleOutcome } from "@/lib/rules/define-rule";
import type { SubjectRule } from "@/lib/rules/define-subject-rule";
import { reweighted, switchedOff } from "@/lib/rules/evaluate";
import { stableHash } from "@/lib/rules/stable-hash";

export type OtherSubject = SubjectByType[OtherSubjectType];

/** What one rule says of one subject. */
export interface SubjectResult {
  rule: SubjectRule;
  outcome: RuleOutcome;
}

/** What the rules of its type say of a subject, in their order. A rule that is switched off for its environment does not apply. */
export function evaluateSubject(
  rules: readonly SubjectRule[],
  subject: OtherSubject,
  context: RuleContext,
): readonly SubjectResult[] {
  return rules
    .filter((rule) => rule.subject === subject.type)
    .map((rule) => ({ rule, outcome: outcomeOf(rule, subject, context) }));
}

function outcomeOf(rule: SubjectRule, subject: OtherSubject, context: RuleContext): RuleOutcome {
  const setting = context.policy.settingOf(rule.id, subject.environment);
  if (setting && !setting.enabled) return switchedOff(setting);
  const outcome = rule.evaluate(subject, context);
  return setting?.severity ? reweighted(outcome, setting.severity) : outcome;
}

/** Fingerprint of what the rule judges, for one discriminator. Equal before and after: nothing was put right. */
export function subjectHash(rule: SubjectRule, subject: OtherSubject, discriminator: string): string {
  return stableHash(rule.judged(subject, discriminator));
}

/** Fingerprint of everything else that the outcome rests on. */
export function subjectPolicyHash(rule: SubjectRule, subject: OtherSubject, context: RuleContext): string {
  const setting = context.policy.settingOf(rule.id, subject.environment);
  return stableHash({
    version: rule.version,
    basis: rule.basis?.(subject, context) ?? null,
    setting: setting && { enabled: setting.enabled, severity: setting.severity },
  });
}
