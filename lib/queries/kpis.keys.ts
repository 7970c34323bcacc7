export type KpiDimension = "account" | "region" | "engine" | "environment" | "owner";

export const kpiKeys = {
  all: ["kpis"] as const,
  breakdown: (id: string, by: KpiDimension) => ["kpis", "breakdown", id, by] as const,
  history: (id: string) => ["kpis", "history", id] as const,
};
