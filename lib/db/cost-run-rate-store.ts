import type { Database } from "@/lib/db/client";
import { slicesOf } from "@/lib/db/cost-array-literal";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { PlainDate } from "@/lib/domain/plain-date";

/** A broker's cost on the last final days of its account, ascending; days on which nothing was placed on it are absent. */
export interface FinalDaysRow {
  brokerId: number;
  currency: string;
  days: readonly PlainDate[];
  amounts: readonly string[];
  /** The part of the sum of `amounts` whose engine or mode is not proved. */
  ambiguous: string;
  allBilled: boolean;
}

/**
 * What brokers of some accounts that are not gone cost on the last `count` final days. A day is final when no account of the same reporter is
 * estimated any more. Days before `since` are not looked at.
 */
export function lastFinalDays(
  db: Database,
  accountIds: readonly string[],
  since: PlainDate,
  count: number,
): Promise<FinalDaysRow[]> {
  return db.rows<FinalDaysRow>(
    `WITH reporter AS (
       SELECT DISTINCT ON (account_id) account_id, reported_by FROM cost_allocation_day
        WHERE account_id = ANY($1::text[]) AND day >= $2::date ORDER BY account_id, day DESC, currency
     ), final AS (
       SELECT reported_by, day, row_number() OVER (PARTITION BY reported_by ORDER BY day DESC) AS place
         FROM cost_allocation_day WHERE day >= $2::date GROUP BY reported_by, day HAVING NOT bool_or(estimated)
     ), wanted AS (
       SELECT account_id, day FROM reporter JOIN final USING (reported_by) WHERE place <= $3
     ), booked AS (
       SELECT b.id, c.currency, w.day, sum(c.amounts[extract(day FROM w.day)::int]) AS amount,
              COALESCE(sum(c.amounts[extract(day FROM w.day)::int]) FILTER (WHERE c.basis = 'ambiguous'), 0) AS ambiguous, bool_and(c.basis = 'billed') AS billed
         FROM wanted w JOIN broker b ON b.account_id = w.account_id AND b.gone_at IS NULL
         JOIN broker_cost_month c ON c.broker_id = b.id AND c.month = date_trunc('month', w.day)::date
        WHERE c.amounts[extract(day FROM w.day)::int] IS NOT NULL GROUP BY b.id, c.currency, w.day
     )
     SELECT id AS "brokerId", currency, array_agg(day::text ORDER BY day) AS days, array_agg(amount::text ORDER BY day) AS amounts,
            sum(ambiguous)::text AS ambiguous, bool_and(billed) AS "allBilled"
       FROM booked GROUP BY id, currency ORDER BY id, count(*) DESC, currency`,
    accountIds,
    since,
    count,
  );
}

/** A broker's run rate per month as exact text. */
export interface BrokerRunRate {
  brokerId: number;
  monthlyCost: string;
  currency: string;
  basis: string;
}

/** Sets the run rates of all brokers of some accounts; those without one get none. Only rows that differ are written; answers how many. */
export async function storeRunRates(
  db: Database,
  accountIds: readonly string[],
  rates: readonly BrokerRunRate[],
): Promise<number> {
  let written = await db.execute(
    `UPDATE broker SET monthly_cost = NULL, cost_currency = NULL, cost_basis = NULL
      WHERE account_id = ANY($1::text[]) AND monthly_cost IS NOT NULL AND NOT (id = ANY($2::int[]))`,
    accountIds,
    rates.map((rate) => rate.brokerId),
  );
  for (const slice of slicesOf(rates, 5_000)) {
    written += await db.execute(
      `UPDATE broker b SET monthly_cost = r."monthlyCost", cost_currency = r.currency, cost_basis = r.basis
         FROM jsonb_to_recordset($1::jsonb) AS r("brokerId" int, "monthlyCost" numeric(38,18), currency text, basis text)
        WHERE b.id = r."brokerId"
          AND (b.monthly_cost, b.cost_currency, b.cost_basis) IS DISTINCT FROM (r."monthlyCost", r.currency, r.basis)`,
      toJsonb(slice),
    );
  }
  return written;
}
