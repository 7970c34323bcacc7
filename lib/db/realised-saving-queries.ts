import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { PlainDate } from "@/lib/domain/plain-date";

/** An episode that was done and whose saving is not settled, with the billed costs on both sides. */
export interface RealisedRow {
  id: number;
  region: string;
  engine: string;
  /** As the broker that remains is (the replacement, or the broker itself); null: none remains. */
  deploymentMode: string | null;
  instanceType: string | null;
  /** The last observation without the change, and the first one with it. */
  lastSeenOn: PlainDate;
  endedOn: PlainDate;
  daysBefore: number;
  daysAfter: number;
  existedBefore: number;
  before: string;
  after: string;
  currencies: readonly string[];
  unconfirmedReplacement: boolean;
}

/**
 * Episodes that ended as done since `since` and are not settled. Days are final days of the broker's account (no account of the same reporter is
 * estimated any more), `count` at most on each side; the days of both observations are on neither. A day without a share cost nothing.
 */
export function unsettledSavings(db: Database, since: PlainDate, count: number): Promise<RealisedRow[]> {
  return db.rows<RealisedRow>(
    `WITH episode AS MATERIALIZED (
       SELECT r.id, b.account_id, b.region, b.name, b.engine, b.id AS broker_id, b.gone_at, b.deployment_mode, b.instance_type, p.new_broker_id,
              (r.last_seen_at AT TIME ZONE 'UTC')::date AS last_seen_on, (r.ended_at AT TIME ZONE 'UTC')::date AS ended_on,
              (COALESCE(b.aws_created_at, b.first_seen_at) AT TIME ZONE 'UTC')::date AS exists_since
         FROM cost_recommendation r JOIN broker b ON b.id = r.broker_id
         LEFT JOIN broker_replacement p ON p.old_broker_id = b.id AND p.withdrawn_at IS NULL
        WHERE r.end_cause = 'done' AND r.counted AND r.realised IS NULL AND r.ended_at >= $1::date
     ), account AS (SELECT DISTINCT account_id FROM episode), reporter AS (
       SELECT DISTINCT ON (d.account_id) d.account_id, d.reported_by FROM cost_allocation_day d JOIN account USING (account_id)
        ORDER BY d.account_id, d.day DESC, d.currency
     ), final AS (
       SELECT reported_by, day FROM cost_allocation_day WHERE reported_by IN (SELECT reported_by FROM reporter) AND day >= $1::date - 90
        GROUP BY reported_by, day HAVING NOT bool_or(estimated)
     ), day AS (
       SELECT e.id, s.side, s.day FROM episode e JOIN reporter t USING (account_id) CROSS JOIN LATERAL (
         (SELECT 'before' AS side, f.day FROM final f WHERE f.reported_by = t.reported_by AND f.day < e.last_seen_on ORDER BY f.day DESC LIMIT $2)
         UNION ALL
         (SELECT 'after', f.day FROM final f WHERE f.reported_by = t.reported_by AND f.day > e.ended_on ORDER BY f.day LIMIT $2)) s
     ), booked AS (
       SELECT d.id, d.side, c.currency, sum(c.amounts[extract(day FROM d.day)::int]) AS amount
         FROM day d JOIN episode e USING (id) JOIN broker_cost_month c
           ON c.month = date_trunc('month', d.day)::date AND (c.broker_id = e.broker_id OR (d.side = 'after' AND c.broker_id = e.new_broker_id))
        WHERE c.amounts[extract(day FROM d.day)::int] IS NOT NULL GROUP BY d.id, d.side, c.currency
     ), counted AS (
       SELECT d.id, count(*) FILTER (WHERE d.side = 'before')::int AS before, count(*) FILTER (WHERE d.side = 'after')::int AS after,
              count(*) FILTER (WHERE d.side = 'before' AND d.day >= e.exists_since)::int AS existed
         FROM day d JOIN episode e USING (id) GROUP BY d.id
     )
     SELECT e.id, e.region, e.engine, COALESCE(n.deployment_mode, CASE WHEN e.gone_at IS NULL THEN e.deployment_mode END) AS "deploymentMode",
            COALESCE(n.instance_type, CASE WHEN e.gone_at IS NULL THEN e.instance_type END) AS "instanceType",
            e.last_seen_on::text AS "lastSeenOn", e.ended_on::text AS "endedOn",
            COALESCE(c.before, 0) AS "daysBefore", COALESCE(c.after, 0) AS "daysAfter", COALESCE(c.existed, 0) AS "existedBefore",
            COALESCE((SELECT sum(k.amount) FROM booked k WHERE k.id = e.id AND k.side = 'before'), 0)::text AS before,
            COALESCE((SELECT sum(k.amount) FROM booked k WHERE k.id = e.id AND k.side = 'after'), 0)::text AS after,
            ARRAY(SELECT DISTINCT k.currency FROM booked k WHERE k.id = e.id ORDER BY 1) AS currencies,
            e.gone_at IS NOT NULL AND e.new_broker_id IS NULL AND EXISTS (SELECT 1 FROM broker o WHERE o.name = e.name AND o.account_id = e.account_id
              AND o.region = e.region AND o.id <> e.broker_id AND o.gone_at IS NULL) AS "unconfirmedReplacement"
       FROM episode e LEFT JOIN counted c USING (id) LEFT JOIN broker n ON n.id = e.new_broker_id ORDER BY e.id`,
    since,
    count,
  );
}

/** What was saved, or why that is not known yet. Only what differs is written; answers how many. */
export function storeRealisedSavings(
  db: Database,
  rows: readonly { id: number; amount: string | null; currency: string | null; explanation: string }[],
): Promise<number> {
  return db.execute(
    `UPDATE cost_recommendation r SET realised = s.amount, realised_currency = s.currency, realised_detail = jsonb_build_object('explanation', s.explanation)
       FROM jsonb_to_recordset($1::jsonb) AS s(id int, amount numeric(38,18), currency text, explanation text)
      WHERE r.id = s.id AND (r.realised, r.realised_currency, r.realised_detail ->> 'explanation') IS DISTINCT FROM (s.amount, s.currency, s.explanation)`,
    toJsonb(rows),
  );
}
