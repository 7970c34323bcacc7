import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

/** What DescribeUser told of a user of an ActiveMQ broker. */
export interface BrokerUserFact {
  name: string;
  /** null: AWS did not say. */
  consoleAccess: boolean | null;
  groups: readonly string[];
  replicationUser: boolean | null;
}

/** A user to ask for. */
export interface UserNeed {
  brokerId: string;
  username: string;
  pendingChange: string | null;
}

/** What is asked for now, and how many users that were never told of as they are must wait for a later sync. */
export interface UserNeeds {
  now: readonly UserNeed[];
  later: number;
}

/** Users asked for again only because they were last told of long ago: at most one per so many brokers and read. */
const BROKERS_PER_REFRESH = 20;

const LISTED_USERS = `SELECT b.id, b.broker_id, u->>'username' AS username, u->>'pendingChange' AS pending_change
  FROM broker b CROSS JOIN jsonb_array_elements(CASE WHEN jsonb_typeof(b.attributes->'users') = 'array' THEN b.attributes->'users' ELSE '[]'::jsonb END) u
  WHERE b.account_id = $1 AND b.region = $2 AND b.gone_at IS NULL`;

/**
 * Users of the present brokers of a scope to ask for, `most` at the most (null: all): first those that are not known as they are listed (never told of, or their
 * pending change came or went), then those last told of before `refreshBefore`, the oldest first, of these one per 20 brokers.
 */
export async function userNeeds(
  db: Database,
  scope: { accountId: string; region: string },
  limits: { refreshBefore: Date; most: number | null },
): Promise<UserNeeds> {
  const rows = await db.rows<UserNeed & { waiting: number }>(
    `WITH listed AS (${LISTED_USERS}),
     standing AS (
       SELECT l.*, k.observed_at, k.username IS NULL OR k.pending_change IS DISTINCT FROM l.pending_change AS is_news
       FROM listed l LEFT JOIN broker_user k ON k.broker_id = l.id AND k.username = l.username
     ), old AS (
       SELECT * FROM standing WHERE NOT is_news AND observed_at < $3::timestamptz ORDER BY observed_at, id, username
       LIMIT (SELECT ceil(count(*) / ${BROKERS_PER_REFRESH}.0)::int FROM broker WHERE account_id = $1 AND region = $2 AND gone_at IS NULL)
     )
     SELECT broker_id AS "brokerId", username, pending_change AS "pendingChange", (count(*) FILTER (WHERE is_news) OVER ())::int AS waiting
     FROM (SELECT * FROM standing WHERE is_news UNION ALL SELECT * FROM old) due
     ORDER BY is_news DESC, observed_at NULLS FIRST, id, username LIMIT $4::int`,
    scope.accountId,
    scope.region,
    limits.refreshBefore,
    limits.most,
  );
  return {
    now: rows.map(({ waiting: _waiting, ...need }) => need),
    later: Math.max(0, (rows[0]?.waiting ?? 0) - rows.length),
  };
}

/** Present brokers of an account, and of one region of it. */
export async function brokerCounts(
  db: Database,
  scope: { accountId: string; region: string },
): Promise<{ ofAccount: number; ofRegion: number }> {
  const rows = await db.rows<{ ofAccount: number; ofRegion: number }>(
    `SELECT count(*)::int AS "ofAccount", (count(*) FILTER (WHERE region = $2))::int AS "ofRegion" FROM broker WHERE account_id = $1 AND gone_at IS NULL`,
    scope.accountId,
    scope.region,
  );
  return rows[0] ?? { ofAccount: 0, ofRegion: 0 };
}

/** Stores what was told of users of a scope, and forgets those that no broker lists any more. */
export async function storeUsers(
  db: Database,
  scope: { accountId: string; region: string },
  users: readonly (Omit<BrokerUserFact, "name"> & UserNeed)[],
  observedAt: Date,
): Promise<void> {
  await db.execute(
    `DELETE FROM broker_user k USING broker b
     WHERE b.id = k.broker_id AND b.account_id = $1 AND b.region = $2 AND b.gone_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM (${LISTED_USERS}) l WHERE l.id = k.broker_id AND l.username = k.username)`,
    scope.accountId,
    scope.region,
  );
  if (users.length === 0) return;
  await db.execute(
    `INSERT INTO broker_user (broker_id, username, console_access, groups, replication_user, pending_change, observed_at)
     SELECT b.id, u.username, u."consoleAccess", ARRAY(SELECT jsonb_array_elements_text(u.groups)), u."replicationUser", u."pendingChange", $4::timestamptz
     FROM jsonb_to_recordset($3::jsonb) AS u("brokerId" text, username text, "consoleAccess" boolean, groups jsonb, "replicationUser" boolean, "pendingChange" text)
     JOIN broker b ON b.broker_id = u."brokerId" AND b.account_id = $1 AND b.region = $2
     ORDER BY b.id, u.username
     ON CONFLICT (broker_id, username) DO UPDATE SET console_access = EXCLUDED.console_access, groups = EXCLUDED.groups,
       replication_user = EXCLUDED.replication_user, pending_change = EXCLUDED.pending_change, observed_at = EXCLUDED.observed_at`,
    scope.accountId,
    scope.region,
    toJsonb(users),
    observedAt,
  );
}

/** Users of brokers (default: all) as far as AWS told of them, by the broker's row id, by name. */
export async function loadUsers(
  db: Database,
  brokerRowIds?: readonly number[],
): Promise<Map<number, (BrokerUserFact & { observedAt: Date })[]>> {
  const rows = await db.rows<BrokerUserFact & { brokerRowId: number; observedAt: Date }>(
    `SELECT broker_id AS "brokerRowId", username AS name, console_access AS "consoleAccess", groups, replication_user AS "replicationUser",
       observed_at AS "observedAt" FROM broker_user ${brokerRowIds ? "WHERE broker_id = ANY($1::int[])" : ""} ORDER BY broker_id, username`,
    ...(brokerRowIds ? [[...brokerRowIds]] : []),
  );
  const users = new Map<number, (BrokerUserFact & { observedAt: Date })[]>();
  for (const { brokerRowId, ...user } of rows) {
    const there = users.get(brokerRowId);
    if (there) there.push(user);
    else users.set(brokerRowId, [user]);
  }
  return users;
}
