import type { Database } from "@/lib/db/client";

/** An owner entity as classification needs it. */
export interface OwnerRow {
  id: number;
  key: string;
  displayName: string;
  aliases: readonly string[];
  verified: boolean;
}

export async function loadOwners(db: Database): Promise<OwnerRow[]> {
  return db.rows<OwnerRow>(`SELECT id, key, display_name AS "displayName", aliases, verified FROM owner ORDER BY key`);
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
