import type { ListQuery } from "@/lib/contracts/common";
import { listSearch } from "@/lib/queries/list-search";

export type MetricsRange = "3d" | "15d" | "90d" | "13m";

export const brokerKeys = {
  all: ["brokers"] as const,
  list: (query: ListQuery) => ["brokers", "list", listSearch(query)] as const,
  facets: () => ["brokers", "facets"] as const,
  detail: (id: string) => ["brokers", "detail", id] as const,
  changes: (id: string) => ["brokers", "changes", id] as const,
  events: (id: string) => ["brokers", "events", id] as const,
  costs: (id: string) => ["brokers", "costs", id] as const,
  metrics: (id: string, range: MetricsRange) => ["brokers", "metrics", id, range] as const,
};
