import type { Database } from "@/lib/db/client";
import { type CoverageRow, costCoverage } from "@/lib/db/cost-day-store";
import { type CostCut, type MonthOfKey, monthsByKey } from "@/lib/db/cost-rollup-queries";
import type { RollupDimension } from "@/lib/domain/cost-rollup";
import { Decimal } from "@/lib/domain/money";
import {
  type DayInterval,
  daysOf,
  endExclusiveOfMonth,
  intervalContains,
  type PlainDate,
} from "@/lib/domain/plain-date";

/** Usage cost of a day in one currency; `estimated` while AWS still marks it so for any account of the cut. */
export interface CutCostDay {
  day: PlainDate;
  currency: string;
  amount: Decimal;
  estimated: boolean;
}

/** Which days of an interval are known for the accounts of a cut. */
export interface CostDayStates {
  /** Days read for at least one of the accounts. */
  known: ReadonlySet<PlainDate>;
  /** Days not read for at least one of the accounts that are read at all. */
  missing: ReadonlySet<PlainDate>;
  /** Days of which AWS still marks an account's usage as estimated. */
  estimated: ReadonlySet<PlainDate>;
  /** Sources read for any of them, by name. */
  sources: readonly string[];
  /** Accounts whose costs nobody ever reported: figures are without them. */
  unreadAccounts: readonly string[];
}

/**
 * Days of the interval by what is known of them. Without `account` in the cut it is about every account that is connected or was ever reported.
 * A payer's report counts for the members it names. An account that was taken out of scope keeps its known days and misses none.
 */
export async function costDayStates(db: Database, cut: CostCut, interval: DayInterval): Promise<CostDayStates> {
  const limit = cut.account && cut.account.length > 0 ? cut.account : null;
  const [coverage, active, estimated] = await Promise.all([
    costCoverage(db),
    accountsWithCosts(db),
    estimatedDays(db, cut, interval),
  ]);
  const accounts = limit ?? [...new Set([...active, ...coverage.flatMap((row) => row.accounts)])].sort();
  const days = daysOf(interval);
  const known = new Set<PlainDate>();
  const missing = new Set<PlainDate>();
  const sources = new Set<string>();
  const unreadAccounts: string[] = [];
  // Members of one payer are covered alike: days are looked at once per group, not once per account.
  const groups = new Map<string, CoverageRow[]>();
  for (const accountId of accounts) {
    const rows = coverage.filter((row) => row.accounts.includes(accountId));
    if (rows.length === 0) unreadAccounts.push(accountId);
    else groups.set(rows.map((row) => `${row.reportedBy} ${row.source}`).join("\n"), rows);
  }
  for (const rows of groups.values()) {
    const stillRead = rows.some((row) => active.has(row.reportedBy));
    for (const day of days) {
      const covering = rows.filter((row) => intervalContains(row, day));
      for (const row of covering) sources.add(row.source);
      if (covering.length > 0) known.add(day);
      else if (stillRead) missing.add(day);
    }
  }
  for (const day of days) if (!known.has(day)) missing.add(day);
  return { known, missing, estimated, sources: [...sources].sort(), unreadAccounts };
}

async function accountsWithCosts(db: Database): Promise<Set<string>> {
  const rows = await db.rows<{ accountId: string }>(
    `SELECT account_id AS "accountId" FROM aws_account WHERE enabled AND removed_at IS NULL AND read_costs`,
  );
  return new Set(rows.map((row) => row.accountId));
}

async function estimatedDays(db: Database, cut: CostCut, interval: DayInterval): Promise<Set<PlainDate>> {
  const limited = cut.account && cut.account.length > 0;
  const rows = await db.rows<{ day: PlainDate }>(
    `SELECT DISTINCT day::text AS day FROM cost_allocation_day
      WHERE estimated AND day >= $1::date AND day < $2::date ${limited ? "AND account_id = ANY($3::text[])" : ""} ORDER BY 1`,
    interval.start,
    interval.endExclusive,
    ...(limited ? [cut.account] : []),
  );
  return new Set(rows.map((row) => row.day));
}

/**
 * Usage cost (record type Usage) per day of a cut, [from, until), ascending by day. A day that was read and cost nothing is there with amount 0;
 * a day that was not read for all accounts of the cut is absent.
 */
export async function costDaysOfCut(
  db: Database,
  cut: CostCut,
  from: PlainDate,
  until: PlainDate,
): Promise<CutCostDay[]> {
  const interval = { start: from, endExclusive: until };
  const [months, states] = await Promise.all([monthsByKey(db, null, cut, interval), costDayStates(db, cut, interval)]);
  return daysOfKeys(months, states, interval).get("") ?? [];
}

/** As `costDaysOfCut`, for each key of a dimension that has any cost in the interval. */
export async function costDaysByKey(
  db: Database,
  dimension: RollupDimension,
  cut: CostCut,
  from: PlainDate,
  until: PlainDate,
): Promise<Map<string, CutCostDay[]>> {
  const interval = { start: from, endExclusive: until };
  const [months, states] = await Promise.all([
    monthsByKey(db, dimension, cut, interval),
    costDayStates(db, cut, interval),
  ]);
  return daysOfKeys(months, states, interval);
}

function daysOfKeys(
  months: readonly MonthOfKey[],
  states: CostDayStates,
  interval: DayInterval,
): Map<string, CutCostDay[]> {
  const amounts = new Map<string, Map<string, Map<PlainDate, string>>>();
  const daysOfMonth = new Map<PlainDate, PlainDate[]>();
  for (const { key, currency, month, amounts: ofMonth } of months) {
    const byCurrency = amounts.get(key) ?? new Map<string, Map<PlainDate, string>>();
    const byDay = byCurrency.get(currency) ?? new Map<PlainDate, string>();
    const monthDays = daysOfMonth.get(month) ?? daysOf({ start: month, endExclusive: endExclusiveOfMonth(month) });
    daysOfMonth.set(month, monthDays);
    monthDays.forEach((day, index) => {
      const amount = ofMonth[index] ?? null;
      if (amount !== null) byDay.set(day, amount);
    });
    amounts.set(key, byCurrency.set(currency, byDay));
  }
  const days = daysOf(interval).filter((day) => states.known.has(day) && !states.missing.has(day));
  return new Map(
    [...amounts].map(([key, byCurrency]) => [
      key,
      days.flatMap((day) =>
        [...byCurrency].map(([currency, byDay]) => ({
          day,
          currency,
          amount: new Decimal(byDay.get(day) ?? 0),
          estimated: states.estimated.has(day),
        })),
      ),
    ]),
  );
}
