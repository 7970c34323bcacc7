import type { Settings } from "@/lib/contracts/settings";
import type { Database } from "@/lib/db/client";
import { type RuleSettingRow, ruleSettings } from "@/lib/db/rule-setting-store";
import { POLICY_THRESHOLDS, type PolicyThreshold, type RulePolicy, rulePolicy } from "@/lib/rules/policy";

/** The rule policy in force: thresholds and settings of rules as administrators changed them. */
export async function currentPolicy(db: Database, settings: Settings): Promise<RulePolicy> {
  return policyOf(await ruleSettings(db), settings);
}

/** The policy of stored differences; a threshold that no longer exists is left out. */
export function policyOf(
  rows: readonly RuleSettingRow[],
  { unclassifiedAsProduction, requiredTagKeys }: Pick<Settings, "unclassifiedAsProduction" | "requiredTagKeys">,
): RulePolicy {
  const overrides: Partial<Record<PolicyThreshold, number>> = {};
  for (const { thresholds } of rows) {
    for (const [id, value] of Object.entries(thresholds)) if (isThreshold(id)) overrides[id] = value;
  }
  return rulePolicy(overrides, { unclassifiedAsProduction, requiredTagKeys, settings: rows });
}

/** Whether a threshold of this id exists. */
export function isThreshold(id: string): id is PolicyThreshold {
  return Object.hasOwn(POLICY_THRESHOLDS, id);
}
