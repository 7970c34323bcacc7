import type { ResourceCostRead } from "../../gateway";
import type { CostGroup } from "../cost-usage/normalize";

/** Costs by resource, from groups with the keys resource and usage type. */
export function normalizeResourceCosts(groups: readonly CostGroup[], accountId: string): ResourceCostRead[] {
  return groups.map(({ keys: [resourceId, usageType], ...rest }) => ({
    ...rest,
    resourceId,
    usageType,
    accountId,
    recordType: "Usage",
  }));
}
