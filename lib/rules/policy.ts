import type { Environment } from "@/lib/domain/environment";
import type { Severity } from "@/lib/domain/finding";

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
  "free-of-known-advisories.least-severity": {
    default: 4,
    unit: "rank",
    description:
      "Least severity of an advisory that makes a finding of its own: 1 low, 2 medium, 3 high, 4 critical. The others share one finding per broker.",
  },
  "console-access-limited.most-users": {
    default: 2,
    unit: "users",
    description: "Users of one broker that may sign in to its web console.",
  },
  "maintenance-outside-business-hours.first-hour": {
    default: 8,
    unit: "o'clock",
    description: "Hour at which business begins, in the window's own time zone.",
  },
  "maintenance-outside-business-hours.last-hour": {
    default: 18,
    unit: "o'clock",
    description: "Hour at which business ends, in the window's own time zone.",
  },
  "connections-below-limit.percent": {
    default: 80,
    unit: "%",
    description: "Share of the limit of connections from which a broker counts as near it.",
  },
  "queues-below-limit.percent": {
    default: 80,
    unit: "%",
    description: "Share of the limit of queues from which a broker counts as near it.",
  },
  "storage-below-limit.percent": {
    default: 80,
    unit: "%",
    description: "ActiveMQ: share of the store from which a broker counts as near its limit.",
  },
  "storage-below-limit.free-percent": {
    default: 150,
    unit: "%",
    description: "RabbitMQ: free disk as a share of the alarm's limit below which a broker counts as near it.",
  },
  "brokers-per-region-below-quota.percent": {
    default: 80,
    unit: "%",
    description: "Share of the quota of brokers per region from which an account counts as near it.",
  },
  "brokers-per-region-below-quota.granted": {
    default: 0,
    unit: "brokers",
    description:
      "Quota of brokers per region that AWS granted your accounts, where it is more than the published one; 0: the published one.",
  },
  "configuration-in-use.grace-days": {
    default: 7,
    unit: "days",
    description: "Days after its creation in which a configuration may wait for its broker.",
  },
} as const satisfies Record<string, { default: number; unit: string; description: string }>;

export type PolicyThreshold = keyof typeof POLICY_THRESHOLDS;

/** How a rule differs from its default in one environment, or in all ("") where that has no row of its own. */
export interface RuleSetting {
  ruleId: string;
  environment: Environment | "";
  enabled: boolean;
  /** Instead of what the rule says; null: as the rule says. */
  severity: Severity | null;
  reason: string;
}

export interface RulePolicy {
  /** Value of a threshold: the override, else the default. */
  threshold(id: PolicyThreshold): number;
  /** Unclassified brokers are judged as production (the safe side). */
  unclassifiedAsProduction: boolean;
  /** Tag keys that every broker needs, as somebody spelled them; none: any tag will do. */
  requiredTagKeys: readonly string[];
  /** What an administrator changed about a rule for an environment; undefined: nothing. */
  settingOf(ruleId: string, environment: Environment): RuleSetting | undefined;
}

/** The policy with these overrides. */
export function rulePolicy(
  overrides: Partial<Record<PolicyThreshold, number>> = {},
  {
    unclassifiedAsProduction = true,
    requiredTagKeys = [],
    settings = [],
  }: Partial<Pick<RulePolicy, "unclassifiedAsProduction" | "requiredTagKeys">> & {
    settings?: readonly RuleSetting[];
  } = {},
): RulePolicy {
  const byKey = new Map(settings.map((setting) => [`${setting.ruleId}|${setting.environment}`, setting]));
  return {
    threshold: (id) => overrides[id] ?? POLICY_THRESHOLDS[id].default,
    unclassifiedAsProduction,
    requiredTagKeys,
    settingOf: (ruleId, environment) =>
      byKey.size === 0 ? undefined : (byKey.get(`${ruleId}|${environment}`) ?? byKey.get(`${ruleId}|`)),
  };
}

/** The thresholds of a rule, by their full ids. */
export function thresholdsOf(ruleId: string): PolicyThreshold[] {
  return (Object.keys(POLICY_THRESHOLDS) as PolicyThreshold[]).filter((id) => id.startsWith(`${ruleId}.`));
}
