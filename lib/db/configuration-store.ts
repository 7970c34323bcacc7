import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

export interface RevisionRef {
  id: string;
  revision: number;
}

export interface NewRevision {
  configurationId: string;
  revision: number;
  engine: string | null;
  createdAt: Date | null;
  description: string | null;
  data: string;
}

/** Which of the revisions were never read. A revision never changes, so it is read once. */
export async function missingRevisions(
  db: Database,
  accountId: string,
  region: string,
  refs: readonly RevisionRef[],
): Promise<RevisionRef[]> {
  if (refs.length === 0) return [];
  return db.rows<RevisionRef>(
    `SELECT DISTINCT r.id, r.revision FROM jsonb_to_recordset($3::jsonb) AS r(id text, revision int)
     WHERE NOT EXISTS (SELECT 1 FROM configuration_revision c WHERE c.account_id = $1 AND c.region = $2
       AND c.configuration_id = r.id AND c.revision = r.revision)
     ORDER BY r.id, r.revision`,
    accountId,
    region,
    toJsonb(refs),
  );
}

/** Stores revisions; those that are there stay as they are. */
export async function insertRevisions(
  db: Database,
  revisions: readonly (NewRevision & { accountId: string; region: string })[],
  fetchedAt: Date,
): Promise<void> {
  if (revisions.length === 0) return;
  await db.execute(
    `INSERT INTO configuration_revision (account_id, region, configuration_id, revision, engine, revision_created_at, description, data, fetched_at)
     SELECT "accountId", region, "configurationId", revision, engine, "createdAt", description, data, $2
     FROM jsonb_to_recordset($1::jsonb) AS r("accountId" text, region text, "configurationId" text, revision int, engine text,
       "createdAt" timestamptz, description text, data text)
     ORDER BY "accountId", region, "configurationId", revision
     ON CONFLICT DO NOTHING`,
    toJsonb(revisions),
    fetchedAt,
  );
}
