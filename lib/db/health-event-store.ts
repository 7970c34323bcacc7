import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

/** A notice of AWS Health about Amazon MQ. */
export interface HealthEventRow {
  arn: string;
  typeCode: string;
  /** issue, accountNotification, scheduledChange, investigation */
  category: string;
  region: string | null;
  startAt: Date | null;
  endAt: Date | null;
  updatedAt: Date | null;
  /** open, closed, upcoming */
  status: string | null;
  /** What it is about, as AWS names it: broker ARNs or ids; none where it is about the account. */
  entities: readonly string[];
}

/** Stores notices of an account; one that is there is replaced, because AWS goes on writing them. */
export async function storeHealthEvents(
  db: Database,
  accountId: string,
  events: readonly HealthEventRow[],
  observedAt: Date,
): Promise<void> {
  if (events.length === 0) return;
  await db.execute(
    `INSERT INTO health_event (account_id, arn, type_code, category, region, start_at, end_at, updated_at, status, entities, observed_at)
     SELECT $1, arn, "typeCode", category, region, "startAt", "endAt", "updatedAt", status, ARRAY(SELECT jsonb_array_elements_text(entities)), $3::timestamptz
     FROM jsonb_to_recordset($2::jsonb) AS e(arn text, "typeCode" text, category text, region text, "startAt" timestamptz, "endAt" timestamptz,
       "updatedAt" timestamptz, status text, entities jsonb)
     ORDER BY arn
     ON CONFLICT (account_id, arn) DO UPDATE SET type_code = EXCLUDED.type_code, category = EXCLUDED.category, region = EXCLUDED.region,
       start_at = EXCLUDED.start_at, end_at = EXCLUDED.end_at, updated_at = EXCLUDED.updated_at, status = EXCLUDED.status,
       entities = EXCLUDED.entities, observed_at = EXCLUDED.observed_at`,
    accountId,
    toJsonb(events),
    observedAt,
  );
}

/** Notices about a broker, newest first: those that name it by ARN, id or name. */
export function brokerHealthEvents(
  db: Database,
  broker: { accountId: string; names: readonly string[] },
  limit: number,
): Promise<HealthEventRow[]> {
  return db.rows<HealthEventRow>(
    `SELECT arn, type_code AS "typeCode", category, region, start_at AS "startAt", end_at AS "endAt", updated_at AS "updatedAt", status, entities
     FROM health_event WHERE account_id = $1 AND entities && $2::text[] ORDER BY start_at DESC NULLS LAST, arn LIMIT $3`,
    broker.accountId,
    [...broker.names],
    limit,
  );
}
