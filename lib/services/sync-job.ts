import type { SyncSource } from "@/lib/domain/sync";

/**
 * A piece of a run that is read and stored by itself. `mq-brokers` reads listing, descriptions and configurations of its region, because each
 * needs the one before; the other sources are one job each.
 */
export interface ScopeJob {
  source: Exclude<SyncSource, "mq-descriptions" | "mq-configurations">;
  accountId: string;
  /** '' where the source has none. */
  region: string;
}

/** The outcomes a job settles. */
export function sourcesOfJob(source: ScopeJob["source"]): readonly SyncSource[] {
  return source === "mq-brokers" ? ["mq-brokers", "mq-descriptions", "mq-configurations"] : [source];
}

/** What a job takes of the places for jobs: CloudTrail allows two requests a second, so its jobs wait nearly all the time. Exact in binary. */
export function weightOfJob({ source }: ScopeJob): number {
  return source === "cloudtrail-events" ? 0.25 : 1;
}

/** Whether a text of the queue names a source that is a job. */
export function isJobSource(text: string): text is ScopeJob["source"] {
  return (JOB_SOURCES as readonly string[]).includes(text);
}

export const JOB_SOURCES = [
  "sts-identity",
  "mq-brokers",
  "ec2-network",
  "mq-configuration-list",
  "mq-users",
  "cloudtrail-events",
  "health-events",
  "price-list",
  "mq-offers",
  "cost-usage",
  "cost-resources",
  "metrics",
] as const satisfies readonly ScopeJob["source"][];

/** Jobs that follow the inventory of their region: which brokers to ask for is known only then. */
export const FOLLOWING_SOURCES = [
  "metrics",
  "ec2-network",
  "mq-configuration-list",
  "mq-users",
  "cloudtrail-events",
] as const satisfies readonly ScopeJob["source"][];

/** Whether a job waits for the inventory of its region. */
export function followsInventory(source: SyncSource): boolean {
  return (FOLLOWING_SOURCES as readonly string[]).includes(source);
}

/** Text form of a scope, for maps. */
export function scopeKeyText(scope: { source: string; accountId: string; region: string }): string {
  return `${scope.source}|${scope.accountId}|${scope.region}`;
}
