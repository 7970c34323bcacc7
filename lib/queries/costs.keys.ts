export type CostDimension = "account" | "engine" | "region" | "environment" | "owner" | "component";
export type CostGranularity = "day" | "month";
export interface CostTrend {
  by: CostDimension;
  granularity: CostGranularity;
}

export const costKeys = {
  all: ["costs"] as const,
  trend: (trend: CostTrend) => ["costs", "trend", trend.by, trend.granularity] as const,
};
