import type { Endpoint } from "@/lib/contracts/endpoint";
import * as topology from "@/lib/contracts/topology";

/** Networks of brokers. */
export const TOPOLOGY_ENDPOINTS = {
  topology: {
    method: "GET",
    path: "/topology",
    summary: "Networks of brokers, drawn, with connectors, external peers and checks",
    permission: "inventory:read",
    query: topology.topologyQuery,
    response: topology.topologyMap,
  },
} as const satisfies Record<string, Endpoint>;
