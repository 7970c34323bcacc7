import type { Database } from "@/lib/db/client";

/** A replacement that a person confirmed and nobody took back. */
export interface StandingReplacement {
  id: number;
  oldBrokerId: number;
  newBrokerId: number;
  basis: string;
  note: string;
  confirmedAt: Date;
  confirmedBy: string;
  settledAt: Date | null;
  oldGone: boolean;
  newGone: boolean;
}

const STANDING = `SELECT r.id, r.old_broker_id AS "oldBrokerId", r.new_broker_id AS "newBrokerId", r.basis, r.note, r.confirmed_at AS "confirmedAt",
    r.confirmed_by AS "confirmedBy", r.settled_at AS "settledAt", o.gone_at IS NOT NULL AS "oldGone", n.gone_at IS NOT NULL AS "newGone"
  FROM broker_replacement r JOIN broker o ON o.id = r.old_broker_id JOIN broker n ON n.id = r.new_broker_id
  WHERE r.withdrawn_at IS NULL`;

/** All replacements that stand. */
export function standingReplacements(db: Database): Promise<StandingReplacement[]> {
  return db.rows<StandingReplacement>(`${STANDING} ORDER BY r.id`);
}

/** The replacement of one broker that stands, or null. */
export async function standingReplacementOf(db: Database, oldBrokerId: number): Promise<StandingReplacement | null> {
  const [row] = await db.rows<StandingReplacement>(`${STANDING} AND r.old_broker_id = $1`, oldBrokerId);
  return row ?? null;
}

export interface NewReplacement {
  oldBrokerId: number;
  newBrokerId: number;
  basis: "same-name" | "named";
  note: string;
  at: Date;
  by: string;
  byId: string | null;
}

export async function insertReplacement(db: Database, replacement: NewReplacement): Promise<void> {
  await db.execute(
    `INSERT INTO broker_replacement (old_broker_id, new_broker_id, basis, note, confirmed_at, confirmed_by, confirmed_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    replacement.oldBrokerId,
    replacement.newBrokerId,
    replacement.basis,
    replacement.note,
    replacement.at,
    replacement.by,
    replacement.byId,
  );
}

export async function withdrawReplacement(db: Database, id: number, at: Date, by: string): Promise<void> {
  await db.execute("UPDATE broker_replacement SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1", id, at, by);
}

/** Marks that every finding of the old broker was brought in line. */
export async function markSettled(db: Database, ids: readonly number[], at: Date): Promise<void> {
  await db.execute("UPDATE broker_replacement SET settled_at = $2 WHERE id = ANY($1::int[])", ids, at);
}

/** When the episode before the latest one of each finding closed, by finding id. */
export async function previousCloses(db: Database, findingIds: readonly number[]): Promise<Map<number, Date>> {
  const rows = await db.rows<{ id: number; closedAt: Date }>(
    `SELECT f.id, e.closed_at AS "closedAt" FROM finding f JOIN finding_episode e ON e.finding_id = f.id AND e.number = f.episode_count - 1
     WHERE f.id = ANY($1::int[]) AND e.closed_at IS NOT NULL`,
    findingIds,
  );
  return new Map(rows.map(({ id, closedAt }) => [id, closedAt]));
}

/** A broker that may be a replacement, or have one. */
export interface ReplacementBroker {
  id: number;
  brokerId: string;
  arn: string;
  name: string;
  accountId: string;
  region: string;
  deploymentMode: string | null;
  engineVersion: string | null;
  ownerId: number | null;
  firstSeenAt: Date;
  goneAt: Date | null;
}

const BROKER = `SELECT b.id, b.broker_id AS "brokerId", b.arn, b.name, b.account_id AS "accountId", b.region, b.deployment_mode AS "deploymentMode",
    b.engine_version AS "engineVersion", b.owner_id AS "ownerId", b.first_seen_at AS "firstSeenAt", b.gone_at AS "goneAt" FROM broker b`;

/** A broker by the id that AWS gave it, or by its row's. */
export async function replacementBroker(db: Database, id: string | number): Promise<ReplacementBroker | null> {
  const [row] = await db.rows<ReplacementBroker>(
    typeof id === "number" ? `${BROKER} WHERE b.id = $1` : `${BROKER} WHERE b.broker_id = $1 ORDER BY b.id LIMIT 1`,
    id,
  );
  return row ?? null;
}

/** Brokers of the same name, account and region that appeared later and still exist. */
export function sameNameBrokers(db: Database, brokerId: number): Promise<ReplacementBroker[]> {
  return db.rows<ReplacementBroker>(
    `${BROKER} JOIN broker old ON old.id = $1 AND old.id <> b.id AND old.name = b.name AND old.account_id = b.account_id
       AND old.region = b.region AND b.first_seen_at >= old.first_seen_at
     WHERE b.gone_at IS NULL ORDER BY b.id LIMIT 10`,
    brokerId,
  );
}
