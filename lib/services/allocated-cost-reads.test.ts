import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import { costDayStates, costDaysByKey, costDaysOfCut } from "@/lib/db/cost-queries";
import { totalsByKey } from "@/lib/db/cost-rollup-queries";
import { dimensionsOfLevel, ROLLUP_DIMENSIONS, ROLLUP_LEVELS } from "@/lib/domain/cost-rollup";
import { addDays, daysOf, parsePlainDate } from "@/lib/domain/plain-date";
import { allocateCosts } from "@/lib/services/allocate-costs";
import {
  ACCOUNT,
  bill,
  CLUSTER,
  clearCosts,
  costLine,
  ctxAt,
  insertBroker,
  OTHER_ACCOUNT,
  SINGLE,
  STORAGE,
  UNKNOWN,
} from "@/lib/testing/cost-fixtures";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

const day = parsePlainDate;
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
});
afterAll(() => database.close());

describe("reading allocated costs", () => {
  const ENGINES = ["RABBITMQ", "ACTIVEMQ"] as const;
  const interval = { start: day("2026-09-10"), endExclusive: day("2026-11-20") };

  beforeAll(async () => {
    await clearCosts(db);
    let n = 0;
    for (const accountId of [ACCOUNT, OTHER_ACCOUNT]) {
      for (const region of ["us-east-1", "eu-west-1"]) {
        for (const engine of ENGINES) {
          for (const owner of ["shop", "post", undefined]) {
            n += 1;
            const mode = engine === "RABBITMQ" ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE";
            const environment = n % 3 === 0 ? "staging" : "production";
            await insertBroker(db, { name: `b${n}`, accountId, region, engine, mode, environment, owner });
          }
        }
      }
    }
    const rows = daysOf(interval).flatMap((on, index) =>
      [ACCOUNT, OTHER_ACCOUNT].flatMap((accountId) => [
        costLine(on, CLUSTER, `${72 + index}.1`, { accountId, usageQuantity: "72", estimated: on >= "2026-11-01" }),
        costLine(on, "EU-RabbitMQ-3-InstanceUsage:mq.m5.large", "70", { accountId, usageQuantity: "72" }),
        costLine(on, SINGLE, `${50 - index / 10}`, { accountId, usageQuantity: "72" }),
        costLine(on, STORAGE, "1.000000000000000007", { accountId }),
        costLine(on, UNKNOWN, "0.5", { accountId }),
      ]),
    );
    await bill(db, "2026-09-10", "2026-11-20", rows);
    await allocateCosts({ ctx: ctxAt(db, "2026-11-21T06:00:00Z"), input: { accountIds: null } });
  });

  it("has the same total on every level, day by day", async () => {
    const billed = await db.rows(
      `SELECT day::text, sum(billed)::text AS amount, sum(ambiguous)::text AS ambiguous FROM cost_allocation_day GROUP BY day ORDER BY day`,
    );
    expect(billed).toHaveLength(71);
    for (const level of ROLLUP_LEVELS) {
      const sums = await db.rows(
        `SELECT (month + (place - 1)::int)::text AS day, sum(days.amount)::text AS amount, sum(days.part)::text AS ambiguous
           FROM cost_rollup_month CROSS JOIN LATERAL unnest(amounts, ambiguous) WITH ORDINALITY AS days(amount, part, place)
          WHERE level = $1 AND amount IS NOT NULL GROUP BY 1 ORDER BY 1`,
        level,
      );
      expect(sums, level).toEqual(billed);
    }
  });

  it("answers every cut as the finest rows do, whatever level it reads", async () => {
    const cuts = [
      {},
      { account: [ACCOUNT] },
      { region: ["us-east-1"], engine: ["RABBITMQ"] },
      { environment: ["staging"] },
      { owner: ["shop", "(none)"] },
      { owner: ["shop"], engine: ["ACTIVEMQ"], account: [OTHER_ACCOUNT] },
      { account: [ACCOUNT], region: ["eu-west-1"], engine: ["RABBITMQ", "ACTIVEMQ"], environment: ["production"] },
    ];
    const columns = {
      account: "account_id",
      region: "region",
      engine: "engine",
      environment: "environment",
      owner: "owner",
      component: "component",
    };
    for (const cut of cuts) {
      for (const by of [null, ...ROLLUP_DIMENSIONS]) {
        const limits = Object.entries(cut).map(
          ([dimension, keys]) =>
            `AND ${dimension === "account" ? "account_id" : dimension} = ANY('{${keys.join(",")}}')`,
        );
        const expected = await db.rows<{ key: string; total: string; ambiguous: string }>(
          `SELECT ${by === null ? "''" : columns[by]} AS key, sum(days.amount)::text AS total, COALESCE(sum(days.part), 0)::text AS ambiguous
             FROM cost_rollup_month CROSS JOIN LATERAL unnest(amounts, ambiguous) WITH ORDINALITY AS days(amount, part, place)
            WHERE level = 'arevoc' AND month + (place - 1)::int BETWEEN '2026-09-15' AND '2026-11-04' ${limits.join(" ")} GROUP BY 1 ORDER BY 1`,
        );
        const found = await totalsByKey(db, by, cut, { start: day("2026-09-15"), endExclusive: day("2026-11-05") });
        const numbers = (rows: { key: string; total: string; ambiguous: string }[]) =>
          rows.map((row) => [row.key, Number(row.total), Number(row.ambiguous)]).sort();
        expect(numbers(found), `${by} of ${JSON.stringify(cut)}`).toEqual(numbers(expected));
      }
    }
  });

  it("keeps two levels of detail apart: no level has rows of another's dimensions", async () => {
    const rows = await db.rows<Record<string, string>>("SELECT * FROM cost_rollup_month");
    for (const row of rows) {
      const kept = dimensionsOfLevel(ROLLUP_LEVELS.find((level) => level === row.level) ?? "");
      const filled = ROLLUP_DIMENSIONS.filter(
        (dimension) => row[dimension === "account" ? "account_id" : dimension] !== "",
      );
      expect(filled).toEqual(kept);
    }
  });

  it("tells days that were not read from days that cost nothing, and estimated ones", async () => {
    const states = await costDayStates(db, {}, { start: day("2026-09-08"), endExclusive: day("2026-11-22") });
    expect([...states.missing].sort()).toEqual(["2026-09-08", "2026-09-09", "2026-11-20", "2026-11-21"]);
    expect(states.known.size).toBe(71);
    expect([...states.estimated].sort()).toEqual(daysOf({ start: day("2026-11-01"), endExclusive: day("2026-11-20") }));
    expect(states.sources).toEqual(["cost-explorer"]);

    const none = await costDaysByKey(db, "engine", { region: ["us-east-1"] }, day("2026-11-18"), day("2026-11-22"));
    expect([...none.keys()].sort()).toEqual(["RABBITMQ"]);
    expect(none.get("RABBITMQ")?.map((d) => [d.day, d.estimated])).toEqual([
      ["2026-11-18", true],
      ["2026-11-19", true],
    ]);
  });

  it("gives a day without any cost of the cut as zero once it was read", async () => {
    const days = await costDaysOfCut(db, { owner: ["shop"] }, day("2026-09-09"), day("2026-09-12"));
    expect(days.map((d) => d.day)).toEqual(["2026-09-10", "2026-09-11"]);
    await db.execute("UPDATE cost_coverage SET from_day = '2026-09-01'");
    const earlier = await costDaysOfCut(db, { owner: ["shop"] }, day("2026-09-09"), day("2026-09-12"));
    expect(earlier.map((d) => [d.day, d.amount.isZero()])).toEqual([
      ["2026-09-09", true],
      ["2026-09-10", false],
      ["2026-09-11", false],
    ]);
    await db.execute("UPDATE cost_coverage SET from_day = '2026-09-10'");
  });

  it("misses days of an account that is still connected but was not read, and none of one taken out", async () => {
    await db.execute(
      `INSERT INTO aws_account (account_id, origin, added_at) VALUES ('333333333333', 'manual', '2026-01-01'), ('444444444444', 'manual', '2026-01-01')`,
    );
    await db.execute(
      `INSERT INTO cost_coverage VALUES ('333333333333', 'cost-explorer', '{333333333333}', '2026-09-01', '2026-11-15', '2026-11-15')`,
    );
    const span = { start: day("2026-11-14"), endExclusive: day("2026-11-17") };
    const states = await costDayStates(db, {}, span);
    expect([...states.missing]).toEqual(["2026-11-15", "2026-11-16"]);
    expect([...states.known].sort()).toEqual(daysOf(span));
    expect(states.unreadAccounts).toEqual(["444444444444"]);
    await db.execute("UPDATE aws_account SET removed_at = '2026-11-15' WHERE account_id = '333333333333'");
    expect((await costDayStates(db, {}, span)).missing.size).toBe(0);
    await db.execute("DELETE FROM aws_account");
    await db.execute("DELETE FROM cost_coverage WHERE reported_by = '333333333333'");
  });

  it("knows nothing where nothing was ever read", async () => {
    const states = await costDayStates(db, { account: ["999999999999"] }, interval);
    expect(states.known.size).toBe(0);
    expect(states.missing.size).toBe(71);
    expect(await costDaysOfCut(db, { account: ["999999999999"] }, interval.start, addDays(interval.start, 9))).toEqual(
      [],
    );
  });
});
