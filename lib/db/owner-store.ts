import type { Database } from "@/lib/db/client";

/** An owner entity as classification needs it. */
export interface OwnerRow {
  id: number;
  key: string;
  displayName: string;
  aliases: readonly string[];
  verified: boolean;
}

/** Every owner entity but those merged into another, whose names are the other's aliases. */
export async function loadOwners(db: Database): Promise<OwnerRow[]> {
  return db.rows<OwnerRow>(
    `SELECT id, key, display_name AS "displayName", aliases, verified FROM owner WHERE merged_into_id IS NULL ORDER BY key`,
  );
}

/** What owner keys are called, those of merged owners among them: costs and episodes of earlier days are theirs. */
export async function ownerNames(db: Database): Promise<{ key: string; displayName: string }[]> {
  return db.rows(`SELECT key, display_name AS "displayName" FROM owner ORDER BY key`);
}

/** Creates unverified owners for names that no entity has yet; an existing key is left alone. */
export async function insertUnverifiedOwners(
  db: Database,
  owners: readonly { key: string; displayName: string }[],
  at: Date,
): Promise<void> {
  if (owners.length === 0) return;
  await db.execute(
    `INSERT INTO owner (key, display_name, aliases, verified, created_at)
     SELECT key, "displayName", '{}', false, $2 FROM jsonb_to_recordset($1::jsonb) AS o(key text, "displayName" text) ORDER BY key
     ON CONFLICT (key) DO NOTHING`,
    JSON.stringify(owners),
    at,
  );
}

/** Owner ids by broker ARN of the assignments that are open. */
export async function openAssignments(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.rows<{ arn: string; ownerId: number }>(
    `SELECT broker_arn AS arn, owner_id AS "ownerId" FROM owner_assignment WHERE ended_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.arn, row.ownerId]));
}

/** An owner entity with all of it that people change. */
export interface OwnerRecord extends OwnerRow {
  email: string | null;
  chatHandle: string | null;
  mergedIntoId: number | null;
}

/** Changes of owners come one after the other, for the length of the transaction: two names that become one, a merge of what was just merged. */
export async function lockOwners(tx: Database): Promise<void> {
  await tx.execute(`SELECT pg_advisory_xact_lock(hashtext('mq-steward:owners'))`);
}

/** Every owner entity, merged ones among them. */
export function ownerRecords(db: Database): Promise<OwnerRecord[]> {
  return db.rows<OwnerRecord>(
    `SELECT id, key, display_name AS "displayName", aliases, verified, email, chat_handle AS "chatHandle", merged_into_id AS "mergedIntoId"
       FROM owner ORDER BY key`,
  );
}

export type OwnerFacts = Pick<OwnerRecord, "displayName" | "aliases" | "verified" | "email" | "chatHandle">;

/** Adds an owner entity; the caller has seen that its key is free. Returns its id. */
export async function insertOwner(tx: Database, key: string, facts: OwnerFacts, at: Date): Promise<number> {
  const [row] = await tx.rows<{ id: number }>(
    `INSERT INTO owner (key, display_name, aliases, verified, email, chat_handle, created_at) VALUES ($1, $2, $3::text[], $4, $5, $6, $7) RETURNING id`,
    key,
    facts.displayName,
    [...facts.aliases],
    facts.verified,
    facts.email,
    facts.chatHandle,
    at,
  );
  return row?.id ?? 0;
}

export async function updateOwnerRow(tx: Database, id: number, facts: OwnerFacts): Promise<void> {
  await tx.execute(
    `UPDATE owner SET display_name = $2, aliases = $3::text[], verified = $4, email = $5, chat_handle = $6 WHERE id = $1`,
    id,
    facts.displayName,
    [...facts.aliases],
    facts.verified,
    facts.email,
    facts.chatHandle,
  );
}

/** A present broker to be assigned, by the id AWS gave it. */
export interface AssignableBroker {
  id: string;
  arn: string;
  goneAt: Date | null;
  /** The owner it is assigned to here; null where it is not. */
  assignedTo: number | null;
}

/** The newest brokers of these AWS ids. */
export function assignableBrokers(db: Database, ids: readonly string[]): Promise<AssignableBroker[]> {
  return db.rows<AssignableBroker>(
    `SELECT DISTINCT ON (b.broker_id) b.broker_id AS id, b.arn, b.gone_at AS "goneAt", s.owner_id AS "assignedTo"
       FROM broker b LEFT JOIN owner_assignment s ON s.broker_arn = b.arn AND s.ended_at IS NULL
      WHERE b.broker_id = ANY($1::text[]) ORDER BY b.broker_id, b.gone_at DESC NULLS FIRST, b.id DESC`,
    [...ids],
  );
}

/** Ends the open assignments of brokers. */
export async function endAssignments(
  tx: Database,
  arns: readonly string[],
  by: { at: Date; actor: string },
): Promise<void> {
  await tx.execute(
    `UPDATE owner_assignment SET ended_at = $2, ended_by = $3 WHERE broker_arn = ANY($1::text[]) AND ended_at IS NULL`,
    [...arns],
    by.at,
    by.actor,
  );
}

/** Opens assignments; the caller has ended those that were open. */
export async function insertAssignments(
  tx: Database,
  arns: readonly string[],
  { ownerId, reason, at, actor }: { ownerId: number; reason: string; at: Date; actor: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO owner_assignment (broker_arn, owner_id, assigned_at, assigned_by, reason) SELECT arn, $2::int, $3, $4, $5 FROM unnest($1::text[]) AS arn`,
    [...arns],
    ownerId,
    at,
    actor,
    reason,
  );
}

/** Brokers, findings that are not closed, and open assignments of an owner. */
export async function ownedBy(
  db: Database,
  ownerId: number,
): Promise<{ brokers: number; openFindings: number; assignedArns: string[] }> {
  const [row] = await db.rows<{ brokers: number; openFindings: number; assignedArns: string[] }>(
    `SELECT (SELECT count(*)::int FROM broker WHERE owner_id = $1::int AND gone_at IS NULL) AS brokers,
            (SELECT count(*)::int FROM finding WHERE owner_id = $1::int AND state <> 'closed') AS "openFindings",
            ARRAY(SELECT broker_arn FROM owner_assignment WHERE owner_id = $1::int AND ended_at IS NULL ORDER BY broker_arn) AS "assignedArns"`,
    ownerId,
  );
  return row ?? { brokers: 0, openFindings: 0, assignedArns: [] };
}

/** Marks an owner, and all that were merged into it before, as merged into another; people, keys, groups of single sign-on and account defaults follow. */
export async function moveOwner(tx: Database, fromId: number, intoId: number, at: Date): Promise<void> {
  await tx.execute(
    `UPDATE owner SET merged_into_id = $2::int, merged_at = COALESCE(merged_at, $3) WHERE id = $1::int OR merged_into_id = $1::int`,
    fromId,
    intoId,
    at,
  );
  await tx.execute(
    `INSERT INTO person_owner (person_id, owner_id) SELECT person_id, $2::int FROM person_owner WHERE owner_id = $1::int ON CONFLICT DO NOTHING`,
    fromId,
    intoId,
  );
  await tx.execute(`DELETE FROM person_owner WHERE owner_id = $1`, fromId);
  await tx.execute(
    `INSERT INTO api_key_owner (key_id, owner_id) SELECT key_id, $2::int FROM api_key_owner WHERE owner_id = $1::int ON CONFLICT DO NOTHING`,
    fromId,
    intoId,
  );
  await tx.execute(`DELETE FROM api_key_owner WHERE owner_id = $1`, fromId);
  await tx.execute(
    `DELETE FROM sign_on_group g WHERE g.owner_id = $1::int AND EXISTS (SELECT 1 FROM sign_on_group o WHERE o.name = g.name AND o.owner_id = $2::int)`,
    fromId,
    intoId,
  );
  await tx.execute(`UPDATE sign_on_group SET owner_id = $2 WHERE owner_id = $1`, fromId, intoId);
  await tx.execute(`UPDATE aws_account SET default_owner_id = $2 WHERE default_owner_id = $1`, fromId, intoId);
}

/** Makes merged owners owners of their own again, by key. */
export async function separateOwners(tx: Database, keys: readonly string[]): Promise<void> {
  await tx.execute(`UPDATE owner SET merged_into_id = NULL, merged_at = NULL WHERE key = ANY($1::text[])`, [...keys]);
}
