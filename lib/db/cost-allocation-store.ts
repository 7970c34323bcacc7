import type { Database } from "@/lib/db/client";
import { arrayLiteral, slicesOf } from "@/lib/db/cost-array-literal";
import { toJsonb } from "@/lib/db/to-jsonb";
import { endExclusiveOfMonth, type PlainDate, startOfMonth } from "@/lib/domain/plain-date";

/** Rows of the tables of the same names; amounts are exact text, `amounts[i]` is day i + 1 of the month. */
export interface BrokerCostMonthRow {
  brokerId: number;
  component: string;
  currency: string;
  basis: string;
  method: string;
  amounts: readonly (string | null)[];
}

export interface AllocationDayRow {
  accountId: string;
  day: PlainDate;
  currency: string;
  source: string;
  reportedBy: string;
  billed: string;
  allocated: string;
  ambiguous: string;
  unallocated: string;
  unplaced: readonly { usageType: string; component: string; amount: string; reason: string }[];
  estimated: boolean;
  inputsHash: string;
}

export interface OtherDayRow {
  accountId: string;
  day: PlainDate;
  recordType: string;
  currency: string;
  unblended: string;
  estimated: boolean;
}

export interface RollupLeafRow {
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  owner: string;
  component: string;
  currency: string;
  total: string;
  amounts: readonly (string | null)[];
  ambiguous: readonly (string | null)[] | null;
  ambiguousTotal: string;
}

/** Hashes of the inputs that the days of a month were allocated from: account -> day -> hash. */
export async function allocationHashes(
  db: Database,
  accountIds: readonly string[],
  month: PlainDate,
): Promise<Map<string, Map<PlainDate, string>>> {
  const rows = await db.rows<{ accountId: string; day: PlainDate; inputsHash: string }>(
    `SELECT account_id AS "accountId", day::text AS day, min(inputs_hash) AS "inputsHash" FROM cost_allocation_day
      WHERE account_id = ANY($1::text[]) AND day >= $2::date AND day < $3::date GROUP BY 1, 2`,
    accountIds,
    startOfMonth(month),
    endExclusiveOfMonth(month),
  );
  const hashes = new Map<string, Map<PlainDate, string>>();
  for (const { accountId, day, inputsHash } of rows) {
    const ofAccount = hashes.get(accountId) ?? new Map<PlainDate, string>();
    hashes.set(accountId, ofAccount.set(day, inputsHash));
  }
  return hashes;
}

const ROWS_PER_STATEMENT = 4_000;

/**
 * Replaces everything that allocation wrote of some accounts in one month. Run it in a transaction and refresh the month's rollups in the same
 * one, so that no reader sees sums that disagree.
 */
export async function replaceAccountMonths(
  db: Database,
  input: {
    accountIds: readonly string[];
    /** First day of the month. */
    month: PlainDate;
    brokers: readonly BrokerCostMonthRow[];
    days: readonly AllocationDayRow[];
    others: readonly OtherDayRow[];
    leaves: readonly RollupLeafRow[];
    finestLevel: string;
  },
): Promise<void> {
  const { accountIds, month } = input;
  const until = endExclusiveOfMonth(month);
  await db.execute(
    `DELETE FROM broker_cost_month WHERE month = $2::date AND broker_id IN (SELECT id FROM broker WHERE account_id = ANY($1::text[]))`,
    accountIds,
    month,
  );
  for (const table of ["cost_allocation_day", "cost_other_day"]) {
    await db.execute(
      `DELETE FROM ${table} WHERE account_id = ANY($1::text[]) AND day >= $2::date AND day < $3::date`,
      accountIds,
      month,
      until,
    );
  }
  await db.execute(
    `DELETE FROM cost_rollup_month WHERE level = $1 AND month = $2::date AND account_id = ANY($3::text[])`,
    input.finestLevel,
    month,
    accountIds,
  );
  for (const slice of slicesOf(input.brokers, ROWS_PER_STATEMENT)) {
    await db.execute(
      `INSERT INTO broker_cost_month (broker_id, month, component, currency, basis, method, amounts)
       SELECT "brokerId", $2::date, component, currency, basis, method, amounts::numeric(38,18)[]
         FROM jsonb_to_recordset($1::jsonb) AS r("brokerId" int, component text, currency text, basis text, method text, amounts text)`,
      toJsonb(slice.map((row) => ({ ...row, amounts: arrayLiteral(row.amounts) }))),
      month,
    );
  }
  for (const slice of slicesOf(input.days, ROWS_PER_STATEMENT)) {
    await db.execute(
      `INSERT INTO cost_allocation_day (account_id, day, currency, source, reported_by, billed, allocated, ambiguous, unallocated, unplaced, estimated, inputs_hash)
       SELECT "accountId", day, currency, source, "reportedBy", billed, allocated, ambiguous, unallocated, unplaced, estimated, "inputsHash"
         FROM jsonb_to_recordset($1::jsonb) AS r("accountId" text, day date, currency text, source text, "reportedBy" text, billed numeric,
              allocated numeric, ambiguous numeric, unallocated numeric, unplaced jsonb, estimated boolean, "inputsHash" text)`,
      toJsonb(slice),
    );
  }
  for (const slice of slicesOf(input.others, ROWS_PER_STATEMENT)) {
    await db.execute(
      `INSERT INTO cost_other_day (account_id, day, record_type, currency, unblended, estimated)
       SELECT "accountId", day, "recordType", currency, unblended, estimated
         FROM jsonb_to_recordset($1::jsonb) AS r("accountId" text, day date, "recordType" text, currency text, unblended numeric, estimated boolean)`,
      toJsonb(slice),
    );
  }
  for (const slice of slicesOf(input.leaves, ROWS_PER_STATEMENT)) {
    await db.execute(
      `INSERT INTO cost_rollup_month (level, month, account_id, region, engine, environment, owner, component, currency, total, amounts, ambiguous, ambiguous_total)
       SELECT $2, $3::date, "accountId", region, engine, environment, owner, component, currency, total, amounts::numeric(38,18)[],
              COALESCE(ambiguous, '{}')::numeric(38,18)[], "ambiguousTotal"
         FROM jsonb_to_recordset($1::jsonb) AS r("accountId" text, region text, engine text, environment text, owner text, component text,
              currency text, total numeric, amounts text, ambiguous text, "ambiguousTotal" numeric)`,
      toJsonb(
        slice.map((row) => ({
          ...row,
          amounts: arrayLiteral(row.amounts),
          ambiguous: row.ambiguous && arrayLiteral(row.ambiguous),
        })),
      ),
      input.finestLevel,
      month,
    );
  }
}
