import type { Endpoint } from "@/lib/contracts/endpoint";
import { overview, overviewQuery } from "@/lib/contracts/overview";

/** The overview page. */
export const OVERVIEW_ENDPOINTS = {
  overview: {
    method: "GET",
    path: "/overview",
    summary: "The overview page",
    permission: "kpis:read",
    query: overviewQuery,
    response: overview,
  },
} as const satisfies Record<string, Endpoint>;
