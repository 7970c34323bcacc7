import type { RecommendationKindDefinition } from "@/lib/cost/recommendations/define-recommendation";
import { evaluationInProduction } from "@/lib/cost/recommendations/evaluation-in-production";
import { haInDevelopment } from "@/lib/cost/recommendations/ha-in-development";
import { idle } from "@/lib/cost/recommendations/idle";
import { oversized } from "@/lib/cost/recommendations/oversized";
import { wrongStorage } from "@/lib/cost/recommendations/wrong-storage";

/** Every kind of recommendation, in the order of the domain. */
export const RECOMMENDATION_KIND_DEFINITIONS: readonly RecommendationKindDefinition[] = [
  idle,
  oversized,
  wrongStorage,
  haInDevelopment,
  evaluationInProduction,
];
