import type { Database } from "@/lib/db/client";
import type { PlainDate } from "@/lib/domain/plain-date";

/** The waste item of a broker that sums count, with how many others are open beside it. */
export interface CountedWasteRow {
  brokerId: number;
  kind: string;
  monthly: string | null;
  currency: string | null;
  /** Why there is no figure. */
  reason: string | null;
  basis: string | null;
  /** Day of the price list behind the figure, where one is. */
  priceListOf: string | null;
  alternatives: number;
}

export function countedWasteRows(db: Database): Promise<CountedWasteRow[]> {
  return db.rows<CountedWasteRow>(
    `SELECT r.broker_id AS "brokerId", r.kind, r.monthly::text AS monthly, r.currency, r.detail #>> '{monthly,reason}' AS reason,
            r.detail #>> '{price,basis}' AS basis, r.detail #>> '{monthly,priceListOf}' AS "priceListOf",
            (SELECT count(*)::int FROM cost_recommendation o WHERE o.broker_id = r.broker_id AND o.ended_at IS NULL AND o.nature = 'saving' AND o.id <> r.id) AS alternatives
       FROM cost_recommendation r WHERE r.ended_at IS NULL AND r.counted ORDER BY r.broker_id`,
  );
}

/** Recommendations that were done since a day, counted ones alone. */
export function doneSavings(
  db: Database,
  since: PlainDate,
): Promise<
  {
    brokerId: number;
    kind: string;
    endedOn: PlainDate;
    realised: string | null;
    currency: string | null;
    explanation: string | null;
  }[]
> {
  return db.rows(
    `SELECT broker_id AS "brokerId", kind, (ended_at AT TIME ZONE 'UTC')::date::text AS "endedOn", realised::text AS realised,
            realised_currency AS currency, realised_detail ->> 'explanation' AS explanation
       FROM cost_recommendation WHERE end_cause = 'done' AND counted AND nature = 'saving' AND ended_at >= $1::date ORDER BY broker_id, id`,
    since,
  );
}

/** What every kind says of every broker that was ever judged: { kind: [outcome, reason] }. */
export function recommendationOutcomes(db: Database): Promise<{ brokerId: number; outcomes: unknown }[]> {
  return db.rows(`SELECT broker_id AS "brokerId", outcomes FROM recommendation_outcome`);
}
