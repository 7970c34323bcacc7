import {
  excluded,
  type RecommendationOutcome,
  type RecommendationSubject,
  unknown,
} from "@/lib/cost/recommendations/define-recommendation";
import { presenceClass } from "@/lib/domain/broker";

/** What no kind looks at: brokers that are not in service, replicas, and what was last seen too long ago. Null: nothing of that. */
export function outsideRecommendations(subject: RecommendationSubject): RecommendationOutcome | null {
  const { attributes, gone, stale, replicated } = subject;
  const presence = presenceClass({ goneAt: gone ? new Date(0) : null, state: attributes.state });
  if (presence === "gone") return excluded("The broker is gone.");
  if (presence === "not-in-service") return excluded("Being created or deleted, or its creation failed.");
  if (presence === "replica" || replicated)
    return excluded("It takes part in cross-region data replication, which prescribes its shape.");
  if (stale) return unknown("Last observed more than 3 days ago.");
  if (!attributes.engine || !attributes.deploymentMode || !attributes.instanceType)
    return unknown("Engine, deployment mode or instance type was never observed.");
  return null;
}
