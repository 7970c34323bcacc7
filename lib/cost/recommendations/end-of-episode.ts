import type {
  RecommendationKindDefinition,
  RecommendationOutcome,
  RecommendationSubject,
} from "@/lib/cost/recommendations/define-recommendation";
import type { RecommendationEndCause } from "@/lib/domain/recommendation";
import { findInstanceTypeOffer } from "@/lib/reference/instance-types";

/**
 * Whether the open episode of a present broker ends with an outcome, and why; undefined: it goes on. What was seen changed counts before what metrics
 * say, because after a change of the instance type the window is not over yet. `unknown` ends nothing.
 */
export function endOfEpisode(
  { id, doneWhen }: RecommendationKindDefinition,
  changeFrom: string,
  subject: RecommendationSubject,
  outcome: RecommendationOutcome,
): { cause: RecommendationEndCause; reason: string } | undefined {
  const { instanceType, state } = subject.attributes;
  if (state === "DELETION_IN_PROGRESS")
    return { cause: doneWhen === "deleted" ? "done" : "not-in-service", reason: "The broker is being deleted." };
  if (doneWhen === "instance-type-changed" && instanceType && instanceType !== changeFrom && !subject.stale) {
    const change = `Its instance type was changed from ${changeFrom} to ${instanceType}.`;
    const [before, after] = [memoryOf(subject, changeFrom), memoryOf(subject, instanceType)];
    const wanted = before !== null && after !== null && (id === "oversized" ? after < before : after > before);
    return { cause: wanted ? "done" : "no-longer-applies", reason: change };
  }
  if (outcome.outcome === "none" || outcome.outcome === "excluded")
    return { cause: "no-longer-applies", reason: outcome.reason };
  return undefined;
}

function memoryOf({ attributes }: RecommendationSubject, instanceType: string): number | null {
  const { engine, deploymentMode } = attributes;
  return engine && deploymentMode
    ? (findInstanceTypeOffer(engine, instanceType, deploymentMode)?.memoryGib ?? null)
    : null;
}
