import type { Database } from "@/lib/db/client";
import { type CostCut, type TotalOfKey, totalsByKey } from "@/lib/db/cost-rollup-queries";
import { UNALLOCATED_KEY } from "@/lib/domain/cost-rollup";
import { Decimal, decimalToText } from "@/lib/domain/money";
import { type DayInterval, daysInMonth, type PlainDate, startOfMonth } from "@/lib/domain/plain-date";

/** Usage cost of a cut over an interval: billed = allocated + ambiguous + unallocated, exact text. */
export interface CostReconciliation {
  currency: string;
  billed: string;
  allocated: string;
  ambiguous: string;
  unallocated: string;
}

/**
 * How far the usage cost of a cut could be placed, by currency. What could not be placed belongs to no region, engine, environment or owner, so a
 * cut by one of these holds none of it (unless it names "(unallocated)").
 */
export async function costReconciliation(
  db: Database,
  cut: CostCut,
  interval: DayInterval,
): Promise<CostReconciliation[]> {
  const byCurrency = new Map<string, TotalOfKey[]>();
  for (const row of await totalsByKey(db, "engine", cut, interval))
    byCurrency.set(row.currency, [...(byCurrency.get(row.currency) ?? []), row]);
  return [...byCurrency].map(([currency, rows]) => {
    const sum = (of: (row: TotalOfKey) => string) => rows.reduce((total, row) => total.plus(of(row)), new Decimal(0));
    const billed = sum((row) => row.total);
    const ambiguous = sum((row) => row.ambiguous);
    const unallocated = sum((row) => (row.key === UNALLOCATED_KEY ? row.total : "0"));
    return {
      currency,
      billed: decimalToText(billed),
      allocated: decimalToText(billed.minus(ambiguous).minus(unallocated)),
      ambiguous: decimalToText(ambiguous),
      unallocated: decimalToText(unallocated),
    };
  });
}

/** Tax, credits, refunds and whatever else is no usage: per record type and currency over an interval. They belong to accounts alone. */
export function otherCharges(
  db: Database,
  accountIds: readonly string[] | undefined,
  interval: DayInterval,
): Promise<{ currency: string; recordType: string; amount: string }[]> {
  const limited = accountIds && accountIds.length > 0;
  return db.rows(
    `SELECT currency, record_type AS "recordType", sum(unblended)::text AS amount FROM cost_other_day
      WHERE day >= $1::date AND day < $2::date ${limited ? "AND account_id = ANY($3::text[])" : ""}
      GROUP BY currency, record_type ORDER BY 1, 2`,
    interval.start,
    interval.endExclusive,
    ...(limited ? [accountIds] : []),
  );
}

/** What of the billed usage could not be placed, by usage type and reason, the dearest first (at most 100 rows). */
export function unplacedCosts(
  db: Database,
  accountIds: readonly string[] | undefined,
  interval: DayInterval,
): Promise<{ currency: string; usageType: string; component: string; reason: string; amount: string; days: number }[]> {
  const limited = accountIds && accountIds.length > 0;
  return db.rows(
    `SELECT currency, u."usageType", u.component, u.reason, sum(u.amount)::text AS amount, count(DISTINCT day)::int AS days
       FROM cost_allocation_day CROSS JOIN LATERAL
            jsonb_to_recordset(unplaced) AS u("usageType" text, component text, reason text, amount numeric)
      WHERE day >= $1::date AND day < $2::date AND unallocated <> 0 ${limited ? "AND account_id = ANY($3::text[])" : ""}
      GROUP BY 1, 2, 3, 4 ORDER BY sum(u.amount) DESC, 1, 2, 4 LIMIT 100`,
    interval.start,
    interval.endExclusive,
    ...(limited ? [accountIds] : []),
  );
}

/** A broker's usage cost of one month, one row per component, basis and method; `amounts[i]` is day i + 1. */
export interface BrokerCostRow {
  month: PlainDate;
  component: string;
  currency: string;
  basis: string;
  method: string;
  amounts: readonly (string | null)[];
}

/** A broker's cost by month, for the months that the interval touches. */
export async function brokerCostMonths(
  db: Database,
  brokerId: number,
  interval: DayInterval,
): Promise<BrokerCostRow[]> {
  const rows = await db.rows<BrokerCostRow>(
    `SELECT month::text AS month, component, currency, basis, method, amounts::text[] AS amounts FROM broker_cost_month
      WHERE broker_id = $1 AND month >= $2::date AND month < $3::date ORDER BY month, component, currency, basis, method`,
    brokerId,
    startOfMonth(interval.start),
    interval.endExclusive,
  );
  return rows.map((row) => ({ ...row, amounts: row.amounts.slice(0, daysInMonth(row.month)) }));
}

/** Days of the broker's account in the interval that AWS still marks as estimated. */
export async function estimatedDaysOfBroker(
  db: Database,
  brokerId: number,
  interval: DayInterval,
): Promise<PlainDate[]> {
  const rows = await db.rows<{ day: PlainDate }>(
    `SELECT DISTINCT a.day::text AS day FROM cost_allocation_day a JOIN broker b ON b.account_id = a.account_id
      WHERE b.id = $1 AND a.estimated AND a.day >= $2::date AND a.day < $3::date ORDER BY 1`,
    brokerId,
    interval.start,
    interval.endExclusive,
  );
  return rows.map((row) => row.day);
}
