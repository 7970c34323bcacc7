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
