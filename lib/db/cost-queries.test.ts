import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import { costDaysByKey, costDaysOfCut } from "@/lib/db/cost-queries";
import {
  brokerCostMonths,
  costReconciliation,
  estimatedDaysOfBroker,
  otherCharges,
} from "@/lib/db/cost-report-queries";
import { monthsByKey, totalsByKey } from "@/lib/db/cost-rollup-queries";
import { ROLLUP_DIMENSIONS } from "@/lib/domain/cost-rollup";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

const day = parsePlainDate;
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
  await db.execute(
    `INSERT INTO cost_rollup_month
     SELECT 'arevoc', m::date, (100000000000 + i % 50)::text, 'region-' || i % 7, 'engine-' || i % 2, 'environment-' || i % 3, 'owner-' || i % 199,
            'component-' || i % 2 || '-' || i, 'USD', 31, array_fill(1.0, ARRAY[31]), '{}', 0
       FROM generate_series(1, 9000) i, generate_series('2025-10-01'::date, '2026-11-01'::date, '1 month') m`,
  );
  await db.execute(
    `INSERT INTO cost_rollup_month
     SELECT level, m::date, (100000000000 + i % 50)::text, '', '', '', CASE level WHEN 'ao' THEN 'owner-' || i ELSE '' END, '', 'USD', 31, array_fill(1.0, ARRAY[31]), '{}', 0
       FROM (VALUES ('a', 50), ('ao', 200)) AS l(level, n), generate_series(1, n) i, generate_series('2025-10-01'::date, '2026-11-01'::date, '1 month') m`,
  );
  await db.execute(
    `INSERT INTO broker_cost_month
     SELECT i, m::date, 'instance', 'USD', 'allocated', 'hours', '{1}' FROM generate_series(1, 9000) i, generate_series('2025-10-01'::date, '2026-11-01'::date, '1 month') m`,
  );
  await db.execute("ANALYZE");
});
afterAll(() => database.close());

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}

/** A handle that explains every query besides running it, and keeps the tables that a plan reads from end to end. */
function explained(inner: Database): { db: Database; scanned: Set<string>; queries: () => number } {
  const scanned = new Set<string>();
  let queries = 0;
  const visit = (node: PlanNode): void => {
    if (node["Node Type"].includes("Seq Scan") && node["Relation Name"]) scanned.add(node["Relation Name"]);
    node.Plans?.forEach(visit);
  };
  const rows: Database["rows"] = async (sql, ...params) => {
    const plans = await inner.rows<{ "QUERY PLAN": { Plan: PlanNode }[] }>(`EXPLAIN (FORMAT JSON) ${sql}`, ...params);
    for (const plan of plans[0]?.["QUERY PLAN"] ?? []) visit(plan.Plan);
    queries += 1;
    return inner.rows(sql, ...params);
  };
  return { db: { ...inner, rows }, scanned, queries: () => queries };
}

it("reads none of the large tables from end to end, whatever is asked", async () => {
  const { db: watched, scanned, queries } = explained(db);
  const interval = { start: day("2025-10-10"), endExclusive: day("2026-11-21") };
  const cuts = [
    {},
    { account: ["100000000003"] },
    { owner: ["owner-7"] },
    { engine: ["engine-1"] },
    { region: ["region-3"], engine: ["engine-1"], environment: ["environment-2"], owner: ["owner-7"] },
    { region: ["region-3"], owner: ["owner-7", "(none)"], account: ["100000000003", "100000000004"] },
  ];
  for (const cut of cuts) {
    for (const by of [null, ...ROLLUP_DIMENSIONS]) {
      await totalsByKey(watched, by, cut, interval);
      await monthsByKey(watched, by, cut, interval);
    }
    await costReconciliation(watched, cut, interval);
    await costDaysOfCut(watched, cut, day("2026-09-01"), day("2026-11-21"));
    await costDaysByKey(watched, "owner", cut, day("2026-09-01"), day("2026-11-21"));
  }
  await otherCharges(watched, undefined, interval);
  await brokerCostMonths(watched, 77, interval);
  await estimatedDaysOfBroker(watched, 77, interval);
  expect(queries()).toBeGreaterThan(100);
  expect(
    [...scanned].filter((table) => ["cost_rollup_month", "broker_cost_month", "cost_day"].includes(table)),
  ).toEqual([]);
}, 60_000);

it("answers questions about some keys only", async () => {
  const interval = { start: day("2026-10-01"), endExclusive: day("2026-11-01") };
  const months = await monthsByKey(db, "account", {}, interval, ["100000000003", "100000000004"]);
  expect(months.map((row) => [row.key, row.month, row.amounts.length, row.amounts[30]])).toEqual([
    ["100000000003", "2026-10-01", 31, "1.000000000000000000"],
    ["100000000004", "2026-10-01", 31, "1.000000000000000000"],
  ]);
});

it("has exact totals of a part of a month", async () => {
  const interval = { start: day("2026-09-11"), endExclusive: day("2026-11-04") };
  const totals = await totalsByKey(db, null, { account: ["100000000003"] }, interval);
  // 20 days of September's 30 (places 11 to 30), all 31 of October, 3 of November.
  expect(totals.map((row) => Number(row.total))).toEqual([54]);
});
