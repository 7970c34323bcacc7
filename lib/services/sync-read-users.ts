import type { AccountSession } from "@/lib/aws/gateway";
import { brokerCounts, storeUsers, type UserNeed, userNeeds } from "@/lib/db/broker-user-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import type { ScopeJob } from "@/lib/services/sync-job";
import { outcomeOf } from "@/lib/services/sync-outcome-of";
import type { ScopeReading } from "@/lib/services/sync-store-queue";

/** Users that were last told of longer ago are asked for again, a few at a time. */
const REFRESH_DAYS = 30;

/** Up to so many brokers in an account, all their users are asked for at once; the request limit is the account's. */
const SMALL_ACCOUNT_BROKERS = 100;
/** In larger accounts, one user per so many brokers of the region is asked for each time. */
const BROKERS_PER_USER = 16;

/**
 * How many users of a region are asked for in one sync, null for all: DescribeUser is a request each, and the inventory needs the request limit more.
 * Pure.
 */
export function usersPerSync({ ofAccount, ofRegion }: { ofAccount: number; ofRegion: number }): number | null {
  return ofAccount <= SMALL_ACCOUNT_BROKERS ? null : Math.ceil(ofRegion / BROKERS_PER_USER);
}

/**
 * Reads what the users of a scope's ActiveMQ brokers may do: those whose entry in the broker's description is new or changed, and a few old ones. In a
 * large account not all at once: what the others may do stays unknown till a later sync.
 */
export async function readUserScope(
  db: Database,
  session: AccountSession,
  job: ScopeJob,
  at: Date,
): Promise<ScopeReading> {
  const { accountId, region } = job;
  const { now: needs, later } = await userNeeds(
    db,
    { accountId, region },
    {
      refreshBefore: new Date(at.getTime() - REFRESH_DAYS * 86_400_000),
      most: usersPerSync(await brokerCounts(db, { accountId, region })),
    },
  );
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
