import type { FindingSnapshot, Severity } from "@/lib/domain/finding";
import { type FindingOutcome, type Observation, type Reconciliation, reconcileFinding } from "@/lib/findings/reconcile";
import type { RuleFailure, RuleOutcome } from "@/lib/rules/define-rule";

/** One finding of a subject after the observation. */
export interface ReconciledFinding extends Reconciliation {
  ruleId: string;
  discriminator: string;
  /** Null when there was no finding before. */
  before: FindingSnapshot | null;
  /** The failure now, with the sentence and evidence to show; null when it does not fail (or nothing is known). */
  failure: RuleFailure | null;
}

/**
 * What an outcome of the rule says of one discriminator: where others fail and it does not, it passes, unless the rule says that nothing can be said
 * of it.
 */
export function findingOutcomeOf(
  rule: { severity: Severity },
  outcome: RuleOutcome,
  discriminator: string,
  failure: RuleFailure | null,
): FindingOutcome {
  if (failure) {
    // With the evidence, so that who reads the episode alone (a person's act, a figure) knows it as well.
    const evidence = failure.outsideSla ? { ...failure.evidence, outsideSla: true } : failure.evidence;
    return { kind: "fail", severity: failure.severity ?? rule.severity, evidence };
  }
  const undecided = "undecided" in outcome ? outcome.undecided : undefined;
  if (undecided?.includes(discriminator)) {
    return { kind: "unknown", reason: outcome.kind === "unknown" ? outcome.reason : "Nothing can be said of it now." };
  }
  if (outcome.kind === "fail" || undecided) return { kind: "pass", reason: "No longer reported." };
  return { kind: outcome.kind, reason: outcome.kind === "pass" ? outcome.summary : outcome.reason };
}

/** A finding of a rule that does not exist any more: closes as no remediation. */
export function retireFinding(
  finding: FindingSnapshot,
  observation: Pick<Observation, "now" | "previousObservedAt" | "presence" | "observedAt" | "actor">,
): ReconciledFinding {
  const { ruleId, discriminator } = finding;
  const last = finding.episodes.at(-1);
  const reconciliation = reconcileFinding(
    finding,
    { kind: "not-applicable", reason: "The rule does not exist any more." },
    {
      ...observation,
      observedHash: last?.observedHash ?? "",
      policyHash: last?.policyHash ?? "",
      ruleVersion: last?.ruleVersion ?? 0,
      fixedBy: "owner",
    },
  );
  return { ruleId, discriminator, before: finding, failure: null, ...reconciliation };
}
