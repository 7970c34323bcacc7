import type { Database } from "@/lib/db/client";

/** What reading metrics needs to know of a broker. */
export interface MeasuredBrokerRow {
  id: number;
  arn: string;
  name: string;
  engine: string;
  deploymentMode: string | null;
  createdAt: Date | null;
  firstSeenAt: Date;
}

/** Brokers of a scope that are there (as far as is known), by ARN. */
export async function measuredBrokers(db: Database, accountId: string, region: string): Promise<MeasuredBrokerRow[]> {
  return db.rows<MeasuredBrokerRow>(
    `SELECT id, arn, name, engine, deployment_mode AS "deploymentMode", aws_created_at AS "createdAt", first_seen_at AS "firstSeenAt"
     FROM broker WHERE account_id = $1 AND region = $2 AND gone_at IS NULL ORDER BY arn`,
    accountId,
    region,
  );
}
