/** The sources a sync reads. `scope` says what one outcome is cut by. */
export const SYNC_SOURCES = {
  "sts-identity": { service: "sts", scope: "account", title: "Account access" },
  "mq-brokers": { service: "mq", scope: "region", title: "Broker listing" },
  "mq-descriptions": { service: "mq", scope: "region", title: "Broker descriptions" },
  "mq-configurations": { service: "mq", scope: "region", title: "Configuration revisions" },
  "mq-configuration-list": { service: "mq", scope: "region", title: "Configuration listing" },
  "mq-users": { service: "mq", scope: "region", title: "Broker users" },
  "ec2-network": { service: "ec2", scope: "region", title: "Subnets and security groups" },
  "cloudtrail-events": { service: "cloudtrail", scope: "region", title: "Changes by people and programs (CloudTrail)" },
  "health-events": { service: "health", scope: "account", title: "Notices of AWS Health" },
  "price-list": { service: "pricing", scope: "account", title: "List prices" },
  "mq-offers": { service: "mq", scope: "offer-region", title: "Offered versions and instance types" },
  "cost-usage": { service: "ce", scope: "account", title: "Costs by usage type and account" },
  "cost-resources": { service: "ce", scope: "account", title: "Costs by resource (last 14 days)" },
  metrics: { service: "cloudwatch", scope: "region", title: "CloudWatch metrics" },
} as const satisfies Record<string, { service: string; scope: "account" | "region" | "offer-region"; title: string }>;

/** Sources that not every account or endpoint has: where they do not exist, nothing that was due is missing. */
export const OPTIONAL_SOURCES: ReadonlySet<string> = new Set<SyncSource>([
  "cost-resources",
  "ec2-network",
  "mq-configuration-list",
  "mq-users",
  "cloudtrail-events",
  "health-events",
  "price-list",
]);

export type SyncSource = keyof typeof SYNC_SOURCES;

/** What a source is called on pages; one that this version does not know (an outcome of a newer one) keeps its id. */
export function sourceTitle(source: string): string {
  return Object.entries(SYNC_SOURCES).find(([id]) => id === source)?.[1].title ?? source;
}

/** How an outcome may stand without anything being wrong. */
export const FINE_OUTCOMES = ["pending", "running", "complete", "skipped", "region-off"] as const;

export const OUTCOME_STATUSES = [
  "pending",
  "running",
  "complete",
  "partial",
  "denied",
  "unsupported",
  "region-off",
  "failed",
  "skipped",
] as const;

/**
 * pending and running: not over. complete: read in full. partial: read in part (which items failed is stored).
 * denied: AWS refused permission or credentials. unsupported: the endpoint does not know the operation.
 * region-off: an opt-in region that is not enabled. failed: anything else. skipped: not due (a daily source already read today).
 */
export type OutcomeStatus = (typeof OUTCOME_STATUSES)[number];

export interface ItemFailure {
  item: string;
  errorCode: string;
  message: string;
}

/** What reading one source of one scope came to. `items` are only those that were read and validated. */
export interface SourceResult<T> {
  status: Exclude<OutcomeStatus, "pending" | "running">;
  items: readonly T[];
  failures: readonly ItemFailure[];
  errorCode: string | null;
  message: string | null;
  /** What a person can do about it. */
  wayOut: string | null;
}

export const RUN_STATUSES = ["running", "complete", "partial", "failed", "aborted"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
export type RunTrigger = "scheduled" | "manual" | "command-line" | "demo-history";

/** Exit code of the command line for a run: 0 complete, 2 partial, 1 failed or aborted. */
export function exitCodeOf(status: RunStatus): 0 | 1 | 2 {
  return status === "complete" ? 0 : status === "partial" ? 2 : 1;
}

/**
 * The run's status from its outcomes: failed when nothing was read, complete when everything that was due was read,
 * else partial. A region that is off and a source skipped as not due do not make a run partial.
 */
export function runStatusOf(statuses: readonly OutcomeStatus[]): Exclude<RunStatus, "running" | "aborted"> {
  const due = statuses.filter((s) => s !== "skipped" && s !== "region-off");
  if (due.length === 0) return "complete";
  if (due.every((s) => s === "complete")) return "complete";
  return due.some((s) => s === "complete" || s === "partial") ? "partial" : "failed";
}
