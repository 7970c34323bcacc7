import type { Database } from "@/lib/db/client";
import type { PlainDate } from "@/lib/domain/plain-date";

export interface MetricPeakRow {
  brokerId: number;
  metric: string;
  week: number;
  lastDay: number | null;
}

/**
 * Peaks of every metric of every broker in the days [from, until], and in [lastDay, until] alone: the largest value over the dimensions, the smallest
 * where the statistic is Minimum. One query for the fleet; `metrics` limits it to some.
 */
export async function metricPeaks(
  db: Database,
  days: { from: PlainDate; lastDay: PlainDate; until: PlainDate },
  metrics: readonly string[] | null = null,
): Promise<MetricPeakRow[]> {
  return db.rows<MetricPeakRow>(
    `WITH point AS (
       SELECT d.broker_id, d.metric, d.stat, d.month + (v.place - 1)::int AS day, v.value
         FROM metrics.daily d CROSS JOIN LATERAL unnest(d.values) WITH ORDINALITY AS v(value, place)
        WHERE d.month BETWEEN date_trunc('month', $1::date)::date AND $3::date
          AND d.stat IN ('Maximum', 'Minimum') AND ($4::text[] IS NULL OR d.metric = ANY($4::text[])) AND v.value IS NOT NULL AND d.month + (v.place - 1)::int BETWEEN $1::date AND $3::date
     )
     SELECT broker_id AS "brokerId", metric, CASE WHEN min(stat) = 'Minimum' THEN min(value) ELSE max(value) END AS week,
       CASE WHEN min(stat) = 'Minimum' THEN min(value) FILTER (WHERE day >= $2::date) ELSE max(value) FILTER (WHERE day >= $2::date) END AS "lastDay"
       FROM point GROUP BY broker_id, metric`,
    days.from,
    days.lastDay,
    days.until,
    metrics === null ? null : [...metrics],
  );
}

/** A present ActiveMQ broker as the network of brokers needs it. */
export interface MeshBrokerRow {
  id: number;
  arn: string;
  brokerId: string;
  name: string;
  accountId: string;
  region: string;
  engineVersion: string | null;
  instanceType: string | null;
  deploymentMode: string | null;
  countsAsProduction: boolean;
  maintenanceWindow: { dayOfWeek?: string; timeOfDay?: string; timeZone?: string } | null;
  users: readonly { username: string }[] | null;
  subnetIds: readonly string[] | null;
  configurationId: string | null;
  revision: number | null;
  configurationPending: boolean;
  pendingConfigurationId: string | null;
  pendingRevision: number | null;
}

/** All present ActiveMQ brokers of accounts in scope that were ever described. */
export function meshBrokers(db: Database): Promise<MeshBrokerRow[]> {
  return db.rows<MeshBrokerRow>(
    `SELECT id, arn, broker_id AS "brokerId", name, account_id AS "accountId", region, engine_version AS "engineVersion",
       instance_type AS "instanceType", deployment_mode AS "deploymentMode", counts_as_production AS "countsAsProduction",
       attributes->'maintenanceWindow' AS "maintenanceWindow", attributes->'users' AS users, attributes->'subnetIds' AS "subnetIds",
       attributes #>> '{configuration,current,id}' AS "configurationId", (attributes #>> '{configuration,current,revision}')::int AS revision,
       attributes #>> '{configuration,pending,id}' IS NOT NULL AS "configurationPending",
       attributes #>> '{configuration,pending,id}' AS "pendingConfigurationId",
       (attributes #>> '{configuration,pending,revision}')::int AS "pendingRevision"
       FROM broker b WHERE gone_at IS NULL AND engine = 'ACTIVEMQ' AND payload_hash IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = b.account_id AND a.removed_at IS NOT NULL)
      ORDER BY id`,
  );
}

export interface RevisionKey {
  accountId: string;
  region: string;
  id: string;
  revision: number;
}

/** The texts of revisions, as far as they were read. */
export function revisionTexts(db: Database, keys: readonly RevisionKey[]): Promise<(RevisionKey & { data: string })[]> {
  return db.rows(
    `SELECT c.account_id AS "accountId", c.region, c.configuration_id AS id, c.revision, c.data
       FROM jsonb_to_recordset($1::jsonb) AS k("accountId" text, region text, id text, revision int)
       JOIN configuration_revision c ON c.account_id = k."accountId" AND c.region = k.region AND c.configuration_id = k.id AND c.revision = k.revision`,
    JSON.stringify(keys),
  );
}

/** The newest revision of every configuration that was read for any broker, in force or pending. */
export function newestRevisionsSeen(
  db: Database,
): Promise<{ accountId: string; region: string; id: string; revision: number }[]> {
  return db.rows(
    `SELECT account_id AS "accountId", region, configuration_id AS id, max(revision) AS revision FROM configuration_revision GROUP BY 1, 2, 3`,
  );
}

/** Whether each owner can be reached, by id. */
export async function contactableOwners(db: Database): Promise<ReadonlySet<number>> {
  const rows = await db.rows<{ id: number }>(
    `SELECT id FROM owner WHERE COALESCE(email, '') <> '' OR COALESCE(chat_handle, '') <> ''`,
  );
  return new Set(rows.map(({ id }) => id));
}
