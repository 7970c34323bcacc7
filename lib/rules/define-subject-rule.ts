import type { Severity } from "@/lib/domain/finding";
import type { OtherSubjectType, SubjectByType } from "@/lib/domain/finding-subject";
import type { OutcomeKind, RuleCategory, RuleContext, RuleOutcome, RuleReference } from "@/lib/rules/define-rule";
import type { Json } from "@/lib/rules/stable-hash";

export interface SubjectRuleExample<T extends OtherSubjectType = OtherSubjectType> {
  title: string;
  /** Overrides of the example subject (lib/testing/build-subject.ts) and of the day. */
  subject?: Partial<SubjectByType[T]>;
  today?: string;
  expect: OutcomeKind;
}

/** A rule whose subject is no broker. Everything that `Rule` shares with it means the same. */
export interface SubjectRule<T extends OtherSubjectType = OtherSubjectType> {
  /** The desired state; file name and database value; never reused. */
  id: string;
  version: number;
  subject: T;
  title: string;
  severity: Severity;
  category: RuleCategory;
  rationale: string;
  remediation: string;
  references: readonly RuleReference[];
  /** What it looks at, in words of the catalogue. */
  looksAt: readonly string[];
  /** The discriminator is a region of the account: the failure belongs to it, and ends when it is not read any more. */
  discriminator?: "region";
  /** The subject's deletion is what the rule asks for: found gone, it is put right, not decommissioned. */
  deletionPutsRight?: boolean;
  /** What must be observed to change for a pass to count as remediation. */
  judged(subject: SubjectByType[T], discriminator: string): Json;
  /** What else the outcome rests on: settings, reference rows. Must not contain what changes with the clock alone. */
  basis?(subject: SubjectByType[T], context: RuleContext): Json;
  /** At least one each of pass, fail, not applicable and unknown. */
  examples: readonly SubjectRuleExample<T>[];
  evaluate(subject: SubjectByType[T], context: RuleContext): RuleOutcome;
}

/** Declares a rule about accounts or configurations. */
export function defineSubjectRule<const T extends OtherSubjectType>(rule: SubjectRule<T>): SubjectRule {
  // The engine (evaluate-subject.ts) hands a rule subjects of its own type alone.
  return rule as unknown as SubjectRule;
}
