import type { AccountSession } from "@/lib/aws/gateway";
import { storeHealthEvents } from "@/lib/db/health-event-store";
import type { ScopeJob } from "@/lib/services/sync-job";
import { outcomeOf } from "@/lib/services/sync-outcome-of";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

const DAY_MS = 86_400_000;
/** What AWS Health keeps (AWS Health user guide). */
const KEPT_MS = 90 * DAY_MS;
/** Leaves room for events that are told late. */
const OVERLAP_MS = DAY_MS;

/** Reads what AWS Health told of an account's brokers since it was last read in full, at most 90 days back. */
export async function readHealthScope(
  session: AccountSession,
  job: ScopeJob,
  { at, lastCompleteAt }: { at: Date; lastCompleteAt: Date | null },
): Promise<ScopeReading> {
  const oldest = at.getTime() - KEPT_MS;
  const since = new Date(Math.max(oldest, lastCompleteAt ? lastCompleteAt.getTime() - OVERLAP_MS : oldest));
  const result = await session.healthEvents(since);
  const requests = session.counts();
  return {
    outcomes: [outcomeOf(job, result, { requestCount: requests.health?.requests ?? 0 })],
    requests,
    write: (tx) => storeHealthEvents(tx, job.accountId, result.items, at),
    followUps: [],
  };
}
