/** Thresholds of rules: each with its meaning and default; an administrator may override a value (settings). */
export const POLICY_THRESHOLDS = {
  "engine-version-supported.ending-days": {
    default: 180,
    unit: "days",
    description: "Days before the end of support from which a broker counts as ending.",
  },
  "instance-type-supported.ending-days": {
    default: 180,
    unit: "days",
    description: "Days before the end of support of its instance type from which a broker counts as ending.",
  },
} as const satisfies Record<string, { default: number; unit: string; description: string }>;

export type PolicyThreshold = keyof typeof POLICY_THRESHOLDS;

export interface RulePolicy {
  /** Value of a threshold: the override, else the default. */
  threshold(id: PolicyThreshold): number;
  /** Unclassified brokers are judged as production (the safe side). */
  unclassifiedAsProduction: boolean;
}

/** The policy with these overrides. */
export function rulePolicy(
  overrides: Partial<Record<PolicyThreshold, number>> = {},
  unclassifiedAsProduction = true,
): RulePolicy {
  return { threshold: (id) => overrides[id] ?? POLICY_THRESHOLDS[id].default, unclassifiedAsProduction };
}
