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

/** A configuration as the listing of its scope tells of it. */
export interface ConfigurationRecord {
  arn: string;
  id: string;
  name: string;
  engine: string | null;
  engineVersion: string | null;
  latestRevision: number | null;
  latestRevisionAt: Date | null;
  createdAt: Date | null;
}

/**
 * Stores the listed configurations of a scope. A complete listing forgets those that it does not tell of. Answers whether anything but the instant of
 * observation changed.
 */
export async function storeConfigurations(
  db: Database,
  { accountId, region }: { accountId: string; region: string },
  configurations: readonly ConfigurationRecord[],
  { at, complete }: { at: Date; complete: boolean },
): Promise<boolean> {
  const gone = complete
    ? await db.execute(
        `DELETE FROM configuration WHERE account_id = $1 AND region = $2
           AND NOT (arn = ANY(ARRAY(SELECT c.arn FROM jsonb_to_recordset($3::jsonb) AS c(arn text))))`,
        accountId,
        region,
        toJsonb(configurations.map(({ arn }) => ({ arn }))),
      )
    : 0;
  if (configurations.length === 0) return gone > 0;
  const [row] = await db.rows<{ changed: number }>(
    `WITH told AS (
       SELECT arn, id, name, engine, "engineVersion", "latestRevision", "latestRevisionAt", "createdAt"
         FROM jsonb_to_recordset($3::jsonb) AS c(arn text, id text, name text, engine text, "engineVersion" text, "latestRevision" int,
           "latestRevisionAt" timestamptz, "createdAt" timestamptz)
     ), news AS (
       SELECT count(*)::int AS changed FROM told t LEFT JOIN configuration c ON c.arn = t.arn
        WHERE c.arn IS NULL OR (c.name, c.engine, c.engine_version, c.latest_revision, c.created_at)
          IS DISTINCT FROM (t.name, t.engine, t."engineVersion", t."latestRevision", t."createdAt")
     ), stored AS (
       INSERT INTO configuration (arn, account_id, region, configuration_id, name, engine, engine_version, latest_revision, latest_revision_at,
         created_at, observed_at)
       SELECT arn, $1, $2, id, name, engine, "engineVersion", "latestRevision", "latestRevisionAt", "createdAt", $4::timestamptz FROM told ORDER BY arn
       ON CONFLICT (arn) DO UPDATE SET account_id = EXCLUDED.account_id, region = EXCLUDED.region, configuration_id = EXCLUDED.configuration_id,
         name = EXCLUDED.name, engine = EXCLUDED.engine, engine_version = EXCLUDED.engine_version, latest_revision = EXCLUDED.latest_revision,
         latest_revision_at = EXCLUDED.latest_revision_at, created_at = EXCLUDED.created_at, observed_at = EXCLUDED.observed_at
     )
     SELECT changed FROM news`,
    accountId,
    region,
    toJsonb(configurations),
    at,
  );
  return gone > 0 || (row?.changed ?? 0) > 0;
}

/** Every listed configuration, by ARN. */
export function loadConfigurations(
  db: Database,
): Promise<(ConfigurationRecord & { accountId: string; region: string; observedAt: Date })[]> {
  return db.rows(
    `SELECT arn, account_id AS "accountId", region, configuration_id AS id, name, engine, engine_version AS "engineVersion",
       latest_revision AS "latestRevision", latest_revision_at AS "latestRevisionAt", created_at AS "createdAt", observed_at AS "observedAt"
       FROM configuration ORDER BY arn`,
  );
}

/** Who uses a configuration, in force or pending: names of present brokers, sorted, as they were described last. */
export interface ConfigurationUse {
  accountId: string;
  region: string;
  id: string;
  brokers: readonly string[];
}

/** Every configuration that a present broker names, whether or not it is listed. */
export function configurationUses(db: Database): Promise<ConfigurationUse[]> {
  return db.rows(
    `SELECT b.account_id AS "accountId", b.region, u.id, array_agg(DISTINCT b.name ORDER BY b.name) AS brokers
       FROM broker b CROSS JOIN LATERAL (VALUES (b.attributes #>> '{configuration,current,id}'), (b.attributes #>> '{configuration,pending,id}')) AS u(id)
      WHERE b.gone_at IS NULL AND u.id IS NOT NULL GROUP BY b.account_id, b.region, u.id`,
  );
}

/** Present brokers of every scope, and those of them whose description is not that of the scope's last reading. */
export function brokersByScope(
  db: Database,
): Promise<{ accountId: string; region: string; brokers: number; undescribed: number }[]> {
  return db.rows(
    `SELECT account_id AS "accountId", region, count(*)::int AS brokers,
       (count(*) FILTER (WHERE payload_hash IS NULL OR described_until IS NOT NULL OR NOT attributes ? 'configuration'))::int AS undescribed
       FROM broker WHERE gone_at IS NULL GROUP BY account_id, region`,
  );
}
