export type KpiDimension = "account" | "region" | "engine" | "environment" | "owner";

export const kpiKeys = {
  all: ["kpis"] as const,
  breakdown: (id: string, by: KpiDimension) => ["kpis", "breakdown", id, by] as const,
  list: () => ["kpis", "list"] as const,
  detail: (id: string) => ["kpis", "detail", id] as const,
  targets: (id: string) => ["kpis", "targets", id] as const,
  contributors: (id: string, search: string) => ["kpis", "contributors", id, search] as const,
  history: (id: string) => ["kpis", "history", id] as const,
};
