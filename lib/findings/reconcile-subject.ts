import type { FindingSnapshot } from "@/lib/domain/finding";
import { findingOutcomeOf, type ReconciledFinding, retireFinding } from "@/lib/findings/finding-outcome";
import {
  type FindingOutcome,
  type Observation,
  reconcileFinding,
  type SubjectPresence,
} from "@/lib/findings/reconcile";
import type { RuleContext, RuleFailure } from "@/lib/rules/define-rule";
import type { SubjectRule } from "@/lib/rules/define-subject-rule";
import { type OtherSubject, type SubjectResult, subjectHash, subjectPolicyHash } from "@/lib/rules/evaluate-subject";

/** How a subject that is no broker stood, the same for all its rules. */
export type OtherObservation = Pick<Observation, "now" | "previousObservedAt" | "presence" | "observedAt" | "actor">;

/** Fingerprint of a subject that is not there any more: different from every one of a subject that is. */
const DELETED = "deleted";

/**
 * Brings the findings of an account or a configuration in line with what its rules say, like `reconcileBroker`. A finding about a region ends with that
 * region's reading. Whatever changed is taken for the owner's doing: AWS changes neither settings of this product nor who uses a configuration.
 */
export function reconcileSubject(input: {
  subject: OtherSubject;
  results: readonly SubjectResult[];
  /** All findings of this subject. */
  findings: readonly FindingSnapshot[];
  context: RuleContext;
  observation: OtherObservation;
}): readonly ReconciledFinding[] {
  const { subject, results, findings, context, observation } = input;
  const reconciled = results.flatMap(({ rule, outcome }) => {
    const existing = new Map(
      findings.filter(({ ruleId }) => ruleId === rule.id).map((finding) => [finding.discriminator, finding]),
    );
    const failures = new Map(outcome.kind === "fail" ? outcome.failures.map((f) => [f.discriminator, f]) : []);
    const discriminators = [...new Set([...existing.keys(), ...failures.keys()])].sort();
    return discriminators.map((discriminator): ReconciledFinding => {
      const before = existing.get(discriminator) ?? null;
      const failure = failures.get(discriminator) ?? null;
      const own: Observation = {
        ...observation,
        presence: presenceOf(rule, subject, discriminator, observation.presence),
        observedHash: subjectHash(rule, subject, discriminator),
        policyHash: subjectPolicyHash(rule, subject, context),
        ruleVersion: rule.version,
        fixedBy: "owner",
      };
      return told(rule, discriminator, before, failure, findingOutcomeOf(rule, outcome, discriminator, failure), own);
    });
  });
  const retired = findings.filter(({ ruleId }) => !results.some(({ rule }) => rule.id === ruleId));
  return [...reconciled, ...retired.map((finding) => retireFinding(finding, observation))];
}

/**
 * Brings the findings of a subject in line of which nothing is there any more: proved to be gone, or taken out of scope. Where the deletion is what the
 * rule asks for, it was put right by its owner.
 */
export function endSubject(
  findings: readonly FindingSnapshot[],
  ruleOf: (ruleId: string) => SubjectRule | undefined,
  observation: OtherObservation & { presence: Extract<SubjectPresence, "gone" | "out-of-scope" | "not-observed"> },
): readonly ReconciledFinding[] {
  return findings.map((finding) => {
    const rule = ruleOf(finding.ruleId);
    if (!rule) return retireFinding(finding, observation);
    const last = finding.episodes.at(-1);
    const putRight = observation.presence === "gone" && rule.deletionPutsRight === true;
    const own: Observation = {
      ...observation,
      presence: putRight ? "observed" : observation.presence,
      observedHash: DELETED,
      policyHash: last?.policyHash ?? "",
      ruleVersion: last?.ruleVersion ?? rule.version,
      fixedBy: "owner",
    };
    return told(rule, finding.discriminator, finding, null, { kind: "pass", reason: "It was deleted." }, own);
  });
}

/** A region that is not read any more is out of scope, whatever is known of the account. */
function presenceOf(
  rule: SubjectRule,
  subject: OtherSubject,
  discriminator: string,
  presence: SubjectPresence,
): SubjectPresence {
  const left =
    rule.discriminator === "region" &&
    subject.type === "account" &&
    !subject.regions.some(({ region }) => region === discriminator);
  return left && presence !== "gone" ? "out-of-scope" : presence;
}

function told(
  rule: SubjectRule,
  discriminator: string,
  before: FindingSnapshot | null,
  failure: RuleFailure | null,
  outcome: FindingOutcome,
  observation: Observation,
): ReconciledFinding {
  return { ruleId: rule.id, discriminator, before, failure, ...reconcileFinding(before, outcome, observation) };
}
