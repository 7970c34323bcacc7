import type { CostDimension, CostGranularity, CostTrend } from "@/lib/queries/costs.keys";

/** The trend shown first; the server reads it ahead. */
export const DEFAULT_TREND: CostTrend = { by: "engine", granularity: "day" };

export const COST_DIMENSION_CHOICES: readonly { value: CostDimension; label: string }[] = [
  { value: "engine", label: "Engine" },
  { value: "account", label: "Account" },
  { value: "region", label: "Region" },
  { value: "environment", label: "Environment" },
  { value: "owner", label: "Owner" },
  { value: "component", label: "Component" },
];

export const COST_GRANULARITY_CHOICES: readonly { id: CostGranularity; text: string }[] = [
  { id: "day", text: "Daily" },
  { id: "month", text: "Monthly" },
];
