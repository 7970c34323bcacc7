import type { AccountSession } from "@/lib/aws/gateway";
import { insertCloudTrailEvents } from "@/lib/db/cloudtrail-event-store";
import type { ScopeJob } from "@/lib/services/sync-job";
import { outcomeOf } from "@/lib/services/sync-outcome-of";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

const HOUR_MS = 3_600_000;
/** What CloudTrail keeps without a trail (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html). */
const KEPT_MS = 90 * 24 * HOUR_MS;
/** Events appear within a quarter of an hour; this leaves room for late ones. */
const OVERLAP_MS = 2 * HOUR_MS;

/** Reads who created, changed, rebooted or deleted brokers of a scope since it was last read in full, at most 90 days back. */
export async function readCloudTrailScope(
  session: AccountSession,
  job: ScopeJob,
  input: { at: Date; lastCompleteAt: Date | null },
): Promise<ScopeReading> {
  const { accountId, region } = job;
  const { at, lastCompleteAt } = input;
  const oldest = at.getTime() - KEPT_MS;
  const start = new Date(Math.max(oldest, lastCompleteAt ? lastCompleteAt.getTime() - OVERLAP_MS : oldest));
  const result = await session.brokerEvents(region, start, at);
  const requests = session.counts();
  return {
    outcomes: [outcomeOf(job, result, { requestCount: requests.cloudtrail?.requests ?? 0 })],
    requests,
    write: (tx) => insertCloudTrailEvents(tx, { accountId, region }, result.items, at),
    followUps: [],
  };
}
