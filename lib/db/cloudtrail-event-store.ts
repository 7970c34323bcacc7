import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

/** Who did what to a broker, and when. */
export interface CloudTrailEventRow {
  eventId: string;
  at: Date;
  name: string;
  actor: string | null;
  actorArn: string | null;
  sourceIp: string | null;
  brokerId: string | null;
  configurationId: string | null;
  /** Parameters of the request that hold no secret, as text. */
  summary: Readonly<Record<string, string>>;
  /** AWS refused the request. */
  errorCode: string | null;
}

const summaryColumn = z.record(z.string(), z.string());

/** Stores events; one that is there stays as it is, because events never change. */
export async function insertCloudTrailEvents(
  db: Database,
  scope: { accountId: string; region: string },
  events: readonly CloudTrailEventRow[],
  observedAt: Date,
): Promise<void> {
  if (events.length === 0) return;
  await db.execute(
    `INSERT INTO cloudtrail_event (event_id, account_id, region, at, name, actor, actor_arn, source_ip, broker_id, configuration_id, summary,
       error_code, observed_at)
     SELECT "eventId", $1, $2, at, name, actor, "actorArn", "sourceIp", "brokerId", "configurationId", summary, "errorCode", $4::timestamptz
     FROM jsonb_to_recordset($3::jsonb) AS e("eventId" text, at timestamptz, name text, actor text, "actorArn" text, "sourceIp" text,
       "brokerId" text, "configurationId" text, summary jsonb, "errorCode" text)
     ORDER BY "eventId" ON CONFLICT DO NOTHING`,
    scope.accountId,
    scope.region,
    toJsonb(events),
    observedAt,
  );
}

/** The newest events of a broker and its configurations, newest first. */
export async function brokerCloudTrailEvents(
  db: Database,
  broker: { accountId: string; region: string; brokerId: string; configurationIds: readonly string[] },
  limit: number,
): Promise<CloudTrailEventRow[]> {
  const rows = await db.rows<Omit<CloudTrailEventRow, "summary"> & { summary: unknown }>(
    `SELECT event_id AS "eventId", at, name, actor, actor_arn AS "actorArn", source_ip AS "sourceIp", broker_id AS "brokerId",
       configuration_id AS "configurationId", summary, error_code AS "errorCode"
     FROM cloudtrail_event WHERE account_id = $1 AND region = $2 AND (broker_id = $3 OR configuration_id = ANY($4::text[]))
     ORDER BY at DESC, event_id LIMIT $5`,
    broker.accountId,
    broker.region,
    broker.brokerId,
    [...broker.configurationIds],
    limit,
  );
  return rows.map((row) => ({ ...row, summary: summaryColumn.parse(row.summary) }));
}
