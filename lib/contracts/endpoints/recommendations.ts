import type { Endpoint } from "@/lib/contracts/endpoint";
import * as recommendations from "@/lib/contracts/recommendations";

/** Cost recommendations. */
export const RECOMMENDATIONS_ENDPOINTS = {
  recommendations: {
    method: "GET",
    path: "/recommendations",
    summary: "Cost recommendations with their evidence, and the sums of what is filtered",
    permission: "costs:read",
    query: recommendations.recommendationListQuery,
    response: recommendations.recommendationPage,
  },
  recommendationsCsv: {
    method: "GET",
    path: "/recommendations/export",
    summary: "Exactly the filtered recommendations as CSV",
    permission: "costs:read",
    query: recommendations.recommendationListQuery,
    response: "text/csv",
  },
  recommendationsJson: {
    method: "GET",
    path: "/recommendations/export/json",
    summary: "Exactly the filtered recommendations as one JSON document",
    permission: "costs:read",
    query: recommendations.recommendationListQuery,
    response: recommendations.recommendationExport,
  },
  dismissRecommendation: {
    method: "POST",
    path: "/recommendations/{id}/dismiss",
    summary: "Set a recommendation aside until a day, with a reason",
    permission: "recommendations:dismiss",
    body: recommendations.recommendationDismissal,
    response: recommendations.recommendationItem,
  },
  brokerRecommendations: {
    method: "GET",
    path: "/brokers/{id}/recommendations",
    summary: "Recommendations of a broker, and why others are not made",
    permission: "costs:read",
    response: recommendations.brokerRecommendations,
  },
} as const satisfies Record<string, Endpoint>;
