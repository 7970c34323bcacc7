import type { Database } from "@/lib/db/client";
import { dimensionsOfLevel, FINEST_LEVEL, ROLLUP_DIMENSIONS, ROLLUP_LEVELS } from "@/lib/domain/cost-rollup";
import { daysInMonth, type PlainDate } from "@/lib/domain/plain-date";

const COLUMNS = {
  account: "account_id",
  region: "region",
  engine: "engine",
  environment: "environment",
  owner: "owner",
  component: "component",
} as const;

/** Memory of the sums while one month is rolled up; without it they spill to disk and the month takes three times as long. */
const WORK_MEMORY = "192MB";

/**
 * Sums the finest rollup rows of a month into all coarser levels, in one statement. `month` is its first day. Run it in the transaction that
 * replaced the finest rows.
 */
export async function refreshRollups(db: Database, month: PlainDate): Promise<void> {
  const places = Array.from({ length: daysInMonth(month) }, (_, index) => index + 1);
  const sums = (column: string) => `ARRAY[${places.map((place) => `sum(${column}[${place}])`).join(", ")}]`;
  const levels = ROLLUP_LEVELS.filter((level) => level !== FINEST_LEVEL);
  const sets = levels.map(
    (level) => `(${[...dimensionsOfLevel(level).map((d) => COLUMNS[d]), "currency"].join(", ")})`,
  );
  const keys = ROLLUP_DIMENSIONS.map((dimension) => COLUMNS[dimension]);
  const names = levels.map((level) => `WHEN ${groupingMask(level)} THEN '${level}'`).join(" ");
  await db.rows(`SELECT set_config('work_mem', '${WORK_MEMORY}', true)`);
  await db.execute(`DELETE FROM cost_rollup_month WHERE month = $1::date AND level = ANY($2::text[])`, month, levels);
  await db.execute(
    `INSERT INTO cost_rollup_month (level, month, account_id, region, engine, environment, owner, component, currency, total, amounts, ambiguous, ambiguous_total)
     SELECT CASE GROUPING(${keys.join(", ")}) ${names} END, $1::date, ${keys.map((key) => `COALESCE(${key}, '')`).join(", ")}, currency,
            sum(total), ${sums("amounts")}, CASE WHEN count(*) FILTER (WHERE cardinality(ambiguous) > 0) > 0 THEN ${sums("ambiguous")} ELSE '{}' END, sum(ambiguous_total)
       FROM cost_rollup_month WHERE level = $2 AND month = $1::date
      GROUP BY GROUPING SETS (${sets.join(", ")})`,
    month,
    FINEST_LEVEL,
  );
}

/** What GROUPING() answers for a level: a bit per dimension that is summed over, the first dimension highest. */
function groupingMask(level: (typeof ROLLUP_LEVELS)[number]): number {
  const kept = new Set(dimensionsOfLevel(level));
  return ROLLUP_DIMENSIONS.reduce((mask, dimension) => mask * 2 + (kept.has(dimension) ? 0 : 1), 0);
}
