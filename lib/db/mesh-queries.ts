import type { Database } from "@/lib/db/client";

export interface MeshMemberRow {
  id: number;
  arn: string;
  brokerId: string;
  countsAsProduction: boolean;
  /** Zone ids of all its subnets; null as long as any of them is not known. */
  zoneIds: readonly string[] | null;
  /** Account, region, id and number of the configuration revision in force; null when it was not read. */
  revision: string | null;
  /** The revision's text, '' where it mentions no network connector; null when it was not read. */
  data: string | null;
}

/** Present ActiveMQ brokers of accounts in scope with their current configuration revision, in the order of their ids. */
export function meshMemberRows(db: Database): Promise<MeshMemberRow[]> {
  return db.rows<MeshMemberRow>(
    `SELECT b.id, b.arn, b.broker_id AS "brokerId", b.counts_as_production AS "countsAsProduction",
            (SELECT CASE WHEN count(*) = count(s.zone_id) THEN array_agg(DISTINCT s.zone_id) END
               FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(b.attributes -> 'subnetIds') = 'array' THEN b.attributes -> 'subnetIds' END) AS n(id)
               LEFT JOIN network_subnet s ON s.account_id = b.account_id AND s.region = b.region AND s.subnet_id = n.id) AS "zoneIds",
            r.account_id || '/' || r.region || '/' || r.configuration_id || '/' || r.revision AS revision,
            CASE WHEN position('networkConnector' in r.data) > 0 THEN r.data WHEN r.data IS NOT NULL THEN '' END AS data
       FROM broker b
       LEFT JOIN configuration_revision r ON r.account_id = b.account_id AND r.region = b.region
        AND r.configuration_id = b.attributes #>> '{configuration,current,id}' AND r.revision = (b.attributes #>> '{configuration,current,revision}')::int
      WHERE b.gone_at IS NULL AND b.engine = 'ACTIVEMQ'
        AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = b.account_id AND a.removed_at IS NOT NULL)
      ORDER BY b.id`,
  );
}
