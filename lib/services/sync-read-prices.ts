import type { AccountSession } from "@/lib/aws/gateway";
import { storeListPrices } from "@/lib/db/list-price-store";
import type { ScopeJob } from "@/lib/services/sync-job";
import { outcomeOf } from "@/lib/services/sync-outcome-of";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

/** What stored prices say of where they are from. */
export const PRICE_SOURCE = "AWS Price List API, GetProducts";

/** Reads the list prices of Amazon MQ, once for the whole organisation. */
export async function readPriceScope(session: AccountSession, job: ScopeJob, at: Date): Promise<ScopeReading> {
  const result = await session.listPrices();
  const requests = session.counts();
  return {
    outcomes: [outcomeOf(job, result, { requestCount: requests.pricing?.requests ?? 0 })],
    requests,
    write: (tx) => storeListPrices(tx, result.items, PRICE_SOURCE, at),
    followUps: [],
  };
}
