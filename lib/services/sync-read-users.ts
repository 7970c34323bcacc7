import type { AccountSession } from "@/lib/aws/gateway";
import { storeUsers, type UserNeed, userNeeds } from "@/lib/db/broker-user-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import type { ScopeJob } from "@/lib/services/sync-job";
import { outcomeOf } from "@/lib/services/sync-outcome-of";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

/** Users that were last told of longer ago are asked for again, a few at a time. */
const REFRESH_DAYS = 30;

/**
 * Reads what the users of a scope's ActiveMQ brokers may do. DescribeUser costs a request per user, and the inventory needs the request limit more: each
 * sync asks for a few, those first whose entry in the broker's description is new or changed. What the others may do stays unknown till then.
 */
export async function readUserScope(
  db: Database,
  session: AccountSession,
  job: ScopeJob,
  at: Date,
): Promise<ScopeReading> {
  const { accountId, region } = job;
  const { now: needs, later } = await userNeeds(db, { accountId, region }, new Date(at.getTime() - REFRESH_DAYS * 86_400_000));
  const result = await session.users(region, needs);
  const keyOf = ({ brokerId, username }: Pick<UserNeed, "brokerId" | "username">) => `${brokerId}/${username}`;
  const pending = new Map(needs.map((need) => [keyOf(need), need.pendingChange]));
  const users = result.items.flatMap((user) =>
    user.kind === "described" ? [{ ...user, pendingChange: pending.get(keyOf(user)) ?? null }] : [],
  );
  const requests = session.counts();
  const outcome = outcomeOf(job, result, { expectedCount: needs.length, requestCount: requests.mq?.requests ?? 0 });
  const waiting = later > 0 && result.status === "complete" ? `${later} more to be asked for by later syncs.` : null;
  return {
    outcomes: [{ ...outcome, message: outcome.message ?? waiting }],
    requests,
    write: async (tx) => {
      await storeUsers(tx, { accountId, region }, users, at);
      if (users.length > 0) await bumpDataVersions(tx, "fleet");
    },
    followUps: [],
  };
}
