import type { AccountSession } from "@/lib/aws/gateway";
import { storeConfigurations } from "@/lib/db/configuration-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import type { ScopeJob } from "@/lib/services/sync-job";
import { outcomeOf } from "@/lib/services/sync-outcome-of";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

/**
 * Lists the configurations of a scope. Those that a listing no longer tells of are forgotten only when it was read in full: a part proves of none that
 * it is gone.
 */
export async function readConfigurationScope(session: AccountSession, job: ScopeJob, at: Date): Promise<ScopeReading> {
  const { accountId, region } = job;
  const listing = await session.configurationList(region);
  const requests = session.counts();
  const complete = listing.status === "complete";
  return {
    outcomes: [outcomeOf(job, listing, { requestCount: requests.mq?.requests ?? 0 })],
    requests,
    write:
      complete || listing.items.length > 0
        ? async (tx) => {
            const changed = await storeConfigurations(tx, { accountId, region }, listing.items, { at, complete });
            if (changed) await bumpDataVersions(tx, "fleet");
          }
        : undefined,
    followUps: [],
  };
}
