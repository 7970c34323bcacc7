import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import { brokerRatesBefore } from "@/lib/db/report-fact-queries";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

const ACCOUNT = "111122223333";
let database: TestDatabase;
let db: Database;

/** A broker whose costs of September 2026 are `amounts`, one per day. */
async function costs(name: string, amounts: string): Promise<number> {
  const [row] = await db.rows<{ id: number }>(
    `INSERT INTO broker (arn, broker_id, name, account_id, region, engine, state, attributes, first_seen_at, environment, environment_source, counts_as_production, owner_source,
                         engine_version_parts)
     VALUES ($1::text, $1::text, $1::text, $2::text, 'us-east-1', 'ACTIVEMQ', 'RUNNING', '{}', '2026-01-01', 'production', 'tag', true, 'none', '{}') RETURNING id`,
    name,
    ACCOUNT,
  );
  const id = row?.id ?? 0;
  await db.execute(
    `INSERT INTO broker_cost_month (broker_id, month, component, currency, basis, method, amounts) VALUES ($1::int, '2026-09-01', 'instance', 'USD', 'allocated', 'hours', ${amounts})`,
    id,
  );
  return id;
}

beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
  // Of September 2026 everything was read; the 26th and later are still estimated.
  await db.execute(
    `INSERT INTO cost_allocation_day (account_id, day, currency, source, reported_by, billed, allocated, ambiguous, unallocated, estimated, inputs_hash)
     SELECT $1::text, d::date, 'USD', 'cost-explorer', $1::text, 1, 1, 0, 0, d >= '2026-09-26', '' FROM generate_series('2026-09-01'::date, '2026-09-30'::date, '1 day') d`,
    ACCOUNT,
  );
});
afterAll(() => database.close());

it("takes final days alone, and of a young broker those on which it existed", async () => {
  // 12 a day; from the 26th on AWS says 99, which may change.
  const old = await costs("old", "array_fill(12::numeric, ARRAY[25]) || array_fill(99::numeric, ARRAY[5])");
  const young = await costs(
    "young",
    "array_fill(NULL::numeric, ARRAY[23]) || ARRAY[12, 12, 99, 99, 99, 99, 99]::numeric[]",
  );
  await costs("newest", "array_fill(NULL::numeric, ARRAY[26]) || ARRAY[99, 99, 99, 99]::numeric[]");
  expect(
    (await brokerRatesBefore(db, "2026-10-01", 7)).map((rate) => ({ ...rate, monthlyCost: Number(rate.monthlyCost) })),
  ).toEqual([
    { brokerId: old, currency: "USD", monthlyCost: 365 },
    { brokerId: young, currency: "USD", monthlyCost: 365 },
  ]);
});
