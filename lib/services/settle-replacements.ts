import type { Database } from "@/lib/db/client";
import { type FindingWrite, findingsOfBrokers, type StoredFinding, storeFindings } from "@/lib/db/finding-store";
import { markSettled, previousCloses, type StandingReplacement } from "@/lib/db/replacement-store";
import { type ReplacementOutcome, settleReplacement } from "@/lib/findings/settle-replacement";
import type { RuleResult } from "@/lib/rules/evaluate";
import { findingWriteOf } from "@/lib/services/finding-write";

/** What the evaluation found of a broker that replaces another. */
export interface JudgedReplacement {
  arn: string;
  results: readonly RuleResult[];
  /** Read anew: only then does its outcome say anything. */
  observed: boolean;
}

/** Which broker each gone one was replaced by in the end, along chains of replacements; those that lead to no broker that exists are left out. */
export function finalReplacements(standing: readonly StandingReplacement[]): Map<number, number> {
  const next = new Map(standing.map((replacement) => [replacement.oldBrokerId, replacement]));
  const finals = new Map<number, number>();
  for (const { oldBrokerId, newBrokerId, newGone } of standing) {
    const passed = new Set([oldBrokerId]);
    let [at, gone] = [newBrokerId, newGone];
    while (gone && !passed.has(at)) {
      passed.add(at);
      const following = next.get(at);
      if (!following) break;
      [at, gone] = [following.newBrokerId, following.newGone];
    }
    if (!gone) finals.set(oldBrokerId, at);
  }
  return finals;
}

/**
 * Brings the findings of gone brokers in line with their confirmed replacements: replaced where the replacement passes, handed on where it fails. Runs after
 * all brokers were judged, in the same transaction. What cannot be judged yet is asked for again by the next evaluation.
 */
export async function settleReplacements(
  tx: Database,
  input: {
    standing: readonly StandingReplacement[];
    judged: ReadonlyMap<number, JudgedReplacement>;
    now: Date;
    reopenableSince: Date;
    runId: number | null;
    actor: string;
  },
): Promise<{ closed: number }> {
  const finals = finalReplacements(input.standing);
  const due = input.standing.filter(({ oldGone, settledAt }) => oldGone && settledAt === null);
  let closed = 0;
  const settled: number[] = [];
  for (const { id, oldBrokerId } of due) {
    const finalId = finals.get(oldBrokerId);
    const judged = finalId === undefined ? undefined : input.judged.get(finalId);
    if (finalId === undefined) {
      // The replacement is gone as well and was not replaced: the old broker's findings close as any gone broker's.
      settled.push(id);
      continue;
    }
    if (!judged) continue;
    const findings = await findingsOfBrokers(tx, [oldBrokerId, finalId], input.reopenableSince);
    const there = findings.get(finalId) ?? [];
    const floors = await previousCloses(
      tx,
      there.map((finding) => finding.id),
    );
    const writes: FindingWrite[] = [];
    let pending = false;
    for (const finding of findings.get(oldBrokerId) ?? []) {
      const counterpart = there.find(
        (other) => other.ruleId === finding.ruleId && other.discriminator === finding.discriminator,
      );
      const settlement = settleReplacement({
        finding,
        there: counterpart ?? null,
        outcome: outcomeAt(judged, finding),
        replacementKey: judged.arn,
        floor: (counterpart && floors.get(counterpart.id)) ?? null,
        now: input.now,
        previousObservedAt: null,
        actor: input.actor,
      });
      pending ||= settlement.pending;
      const { old, onto } = settlement;
      if (old) {
        writes.push({ ...findingWriteOf(finding, old), movedToBrokerId: onto ? finalId : null });
        closed += finding.episodes.at(-1)?.state === "closed" ? 0 : 1;
      }
      if (onto && counterpart) writes.push(findingWriteOf(counterpart, onto));
    }
    await storeFindings(tx, writes, input.runId);
    if (!pending) settled.push(id);
  }
  if (settled.length > 0) await markSettled(tx, settled, input.now);
  return { closed };
}

function outcomeAt(
  { results, observed }: JudgedReplacement,
  { ruleId, discriminator }: StoredFinding,
): ReplacementOutcome {
  if (!observed) return "unknown";
  const result = results.find(({ rule }) => rule.id === ruleId);
  if (!result) return "not-applicable";
  const { outcome } = result;
  if ("undecided" in outcome && outcome.undecided?.includes(discriminator)) return "unknown";
  if (outcome.kind !== "fail") return outcome.kind;
  return outcome.failures.some((failure) => failure.discriminator === discriminator) ? "fail" : "pass";
}
