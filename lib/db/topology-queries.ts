import type { Database } from "@/lib/db/client";

export interface RevisionRow {
  configurationId: string;
  revision: number;
  data: string;
  fetchedAt: Date;
}

/** A configuration revision as it was read; null when it never was. */
export async function revisionOf(
  db: Database,
  accountId: string,
  region: string,
  id: string,
  revision: number,
): Promise<RevisionRow | null> {
  const rows = await db.rows<RevisionRow>(
    `SELECT configuration_id AS "configurationId", revision, data, fetched_at AS "fetchedAt" FROM configuration_revision
      WHERE account_id = $1 AND region = $2 AND configuration_id = $3 AND revision = $4::int`,
    accountId,
    region,
    id,
    revision,
  );
  return rows[0] ?? null;
}

export interface PeerConfigurationRow {
  brokerId: string;
  name: string;
  region: string;
  data: string;
}

/** Present ActiveMQ brokers whose current configuration revision names a host that starts with this broker id. */
export function brokersConnectingTo(db: Database, brokerId: string): Promise<PeerConfigurationRow[]> {
  return db.rows<PeerConfigurationRow>(
    `SELECT b.broker_id AS "brokerId", b.name, b.region, r.data
       FROM broker b
       JOIN configuration_revision r ON r.account_id = b.account_id AND r.region = b.region
        AND r.configuration_id = b.attributes #>> '{configuration,current,id}' AND r.revision = (b.attributes #>> '{configuration,current,revision}')::int
      WHERE b.gone_at IS NULL AND b.engine = 'ACTIVEMQ' AND b.broker_id <> $1 AND position($1 in r.data) > 0 ORDER BY b.name LIMIT 200`,
    brokerId,
  );
}

/** Names of brokers by AWS broker id. */
export async function brokerNames(db: Database, brokerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ brokerId: string; name: string }>(
    `SELECT broker_id AS "brokerId", name FROM broker WHERE broker_id = ANY($1::text[])`,
    [...brokerIds],
  );
  return new Map(rows.map((row) => [row.brokerId, row.name]));
}

/** A broker as the map of networks shows it. */
export interface TopologyBrokerRow {
  arn: string;
  brokerId: string;
  name: string;
  accountId: string;
  accountName: string | null;
  region: string;
  engine: string;
  engineVersion: string | null;
  deploymentMode: string | null;
  instanceType: string | null;
  environment: string;
  countsAsProduction: boolean;
  ownerKey: string | null;
  ownerName: string | null;
  state: string;
  openFindings: number;
  observedAt: Date | null;
}

/** Present brokers of accounts in scope, in the order of their names. */
export function topologyBrokerRows(db: Database): Promise<TopologyBrokerRow[]> {
  return db.rows<TopologyBrokerRow>(
    `SELECT b.arn, b.broker_id AS "brokerId", b.name, b.account_id AS "accountId", a.name AS "accountName", b.region, b.engine,
            b.engine_version AS "engineVersion", b.deployment_mode AS "deploymentMode", b.instance_type AS "instanceType", b.environment,
            b.counts_as_production AS "countsAsProduction", o.key AS "ownerKey", o.display_name AS "ownerName",
            b.state, b.open_findings AS "openFindings",
            COALESCE(b.described_until, d.last_read_at, l.last_read_at) AS "observedAt"
       FROM broker b
       LEFT JOIN owner o ON o.id = b.owner_id
       LEFT JOIN aws_account a ON a.account_id = b.account_id
       LEFT JOIN scope_state d ON d.source = 'mq-descriptions' AND d.account_id = b.account_id AND d.region = b.region
       LEFT JOIN scope_state l ON l.source = 'mq-brokers' AND l.account_id = b.account_id AND l.region = b.region
      WHERE b.gone_at IS NULL AND (a.account_id IS NULL OR a.removed_at IS NULL)
      ORDER BY b.name, b.id`,
  );
}
