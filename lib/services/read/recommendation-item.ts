import type { RecommendationItem } from "@/lib/contracts/recommendations";
import type { RecommendationListRow } from "@/lib/db/recommendation-queries";
import { parseRecommendationDetail } from "@/lib/db/recommendation-store";
import { CONFIDENCE_LEVELS, RECOMMENDATION_END_CAUSES, RECOMMENDATION_KINDS } from "@/lib/domain/recommendation";
import { ownerRefOf } from "@/lib/services/read/owner-ref";

/** A row of the list of recommendations as the API shows it. */
export function recommendationItemOf(row: RecommendationListRow): RecommendationItem {
  const detail = wireDetail(row.detail);
  return {
    id: row.id,
    kind: RECOMMENDATION_KINDS.find((kind) => kind === row.kind) ?? "idle",
    nature: row.nature === "premium" ? "premium" : "saving",
    state: row.state === "open" || row.state === "dismissed" ? row.state : "ended",
    broker: { id: row.brokerId, name: row.brokerName },
    accountId: row.accountId,
    region: row.region,
    engine: row.engine,
    engineVersion: row.engineVersion,
    instanceType: row.instanceType,
    deploymentMode: row.deploymentMode,
    environment: row.environment,
    owner: ownerRefOf(row),
    counted: row.counted,
    monthly: detail.monthly,
    confidence: CONFIDENCE_LEVELS.find((level) => level === row.confidence) ?? "low",
    openedAt: row.openedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endCause: RECOMMENDATION_END_CAUSES.find((cause) => cause === row.endCause) ?? null,
    endedBy: row.endedBy,
    endReason: row.endReason,
    dismissedUntil: row.dismissedUntil,
    detail,
    openedDetail: row.detailChanged ? wireDetail(row.openedDetail) : null,
    realised:
      row.endCause === "done" && row.realisedExplanation !== null
        ? {
            monthly:
              row.realised !== null && row.realisedCurrency !== null
                ? { amount: row.realised, currency: row.realisedCurrency }
                : null,
            explanation: row.realisedExplanation,
          }
        : null,
  };
}

function wireDetail(stored: unknown): RecommendationItem["detail"] {
  const { metrics, confidence, steps, ...detail } = parseRecommendationDetail(stored);
  return {
    ...detail,
    metrics: [...metrics],
    confidence: { level: confidence.level, reasons: [...confidence.reasons] },
    steps: [...steps],
  };
}
