import * as costs from "@/lib/contracts/costs";
import type { Endpoint } from "@/lib/contracts/endpoint";

/** Costs. */
export const COSTS_ENDPOINTS = {
  costs: {
    method: "GET",
    path: "/costs",
    summary: "Costs by dimension and day or month",
    permission: "costs:read",
    query: costs.costQuery,
    response: costs.costReport,
  },
} as const satisfies Record<string, Endpoint>;
