import { z } from "zod";
import * as brokers from "@/lib/contracts/brokers";
import * as costs from "@/lib/contracts/costs";
import type { Endpoint } from "@/lib/contracts/endpoint";
import * as syncs from "@/lib/contracts/syncs";

/** Brokers, with history, costs and metrics of each. */
export const BROKERS_ENDPOINTS = {
  brokers: {
    method: "GET",
    path: "/brokers",
    summary: "Brokers",
    permission: "inventory:read",
    query: brokers.brokerListQuery,
    response: brokers.brokerPage,
  },
  brokersCsv: {
    method: "GET",
    path: "/brokers/export",
    summary: "Exactly the filtered brokers as CSV",
    permission: "inventory:read",
    query: brokers.brokerListQuery,
    response: "text/csv",
  },
  brokerFacets: {
    method: "GET",
    path: "/brokers/facets",
    summary: "Values to filter brokers by",
    permission: "inventory:read",
    query: z.object({}),
    response: brokers.brokerFacets,
  },
  broker: {
    method: "GET",
    path: "/brokers/{id}",
    summary: "One broker (id or URI-encoded ARN)",
    permission: "inventory:read",
    response: brokers.brokerDetail,
  },
  brokerChanges: {
    method: "GET",
    path: "/brokers/{id}/changes",
    summary: "Change history of a broker",
    permission: "inventory:read",
    query: syncs.syncListQuery.omit({ status: true }),
    response: brokers.brokerChanges,
  },
  brokerEvents: {
    method: "GET",
    path: "/brokers/{id}/events",
    summary: "Who changed a broker, as CloudTrail recorded it",
    permission: "inventory:read",
    response: brokers.brokerEvents,
  },
  brokerCosts: {
    method: "GET",
    path: "/brokers/{id}/costs",
    summary: "Daily cost of a broker",
    permission: "costs:read",
    query: costs.costQuery.pick({ from: true, until: true }),
    response: brokers.brokerCostSeries,
  },
  brokerMetrics: {
    method: "GET",
    path: "/brokers/{id}/metrics",
    summary: "CloudWatch metrics of a broker",
    permission: "inventory:read",
    query: brokers.metricsQuery,
    response: brokers.brokerMetrics,
  },
} as const satisfies Record<string, Endpoint>;
