import type { TopologyQuery } from "@/lib/contracts/topology";

const DIMENSIONS = ["account", "region", "environment", "owner"] as const;
export type TopologyDimension = (typeof DIMENSIONS)[number];

/** The question as the API reads it, in one canonical order: equal questions have equal texts, on the server and in the browser. */
export function topologySearch(query: TopologyQuery): string {
  const search = new URLSearchParams();
  for (const dimension of DIMENSIONS) for (const value of query[dimension] ?? []) search.append(dimension, value);
  if (query.component) search.set("component", query.component);
  return search.toString();
}

export const topologyKeys = {
  all: ["topology"] as const,
  map: (query: TopologyQuery) => ["topology", topologySearch(query)] as const,
};
