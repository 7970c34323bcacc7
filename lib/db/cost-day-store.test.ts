import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import { type CostDayRow, type CostRead, costCoverage, extendCoverage, replaceCostDays } from "@/lib/db/cost-day-store";
import { type ResourceCostRow, replaceResourceCosts, resourceLines } from "@/lib/db/cost-resource-store";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

const day = parsePlainDate;
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
});
afterAll(() => database.close());
beforeEach(async () => {
  await db.execute("TRUNCATE cost_day, cost_coverage, cost_resource_month");
});

function row(on: string, unblended: string, override: Partial<CostDayRow> = {}): CostDayRow {
  return {
    accountId: "111111111111",
    day: day(on),
    usageType: "USE1-RabbitMQ-3-InstanceUsage:mq.m5.large",
    recordType: "Usage",
    currency: "USD",
    unblended,
    amortized: null,
    usageQuantity: "24",
    usageUnit: "Hrs",
    estimated: true,
    ...override,
  };
}

function read(from: string, until: string, observedAt = "2026-11-20T06:00:00Z", reportedBy = "111111111111"): CostRead {
  return {
    source: "cost-explorer",
    reportedBy,
    interval: { start: day(from), endExclusive: day(until) },
    observedAt: new Date(observedAt),
  };
}

const stored = () =>
  db.rows<{ day: string; reportedBy: string; usageType: string; unblended: string; observedAt: Date }>(
    `SELECT day::text, reported_by AS "reportedBy", usage_type AS "usageType", unblended::text, observed_at AS "observedAt"
       FROM cost_day ORDER BY day, reported_by, usage_type`,
  );

describe("replaceCostDays", () => {
  it("keeps amounts to the last of 18 digits", async () => {
    await replaceCostDays(db, read("2026-11-01", "2026-11-03"), [
      row("2026-11-01", "12345678901234567890.123456789012345678"),
      row("2026-11-02", "-0.000000000000000001"),
    ]);
    expect((await stored()).map((r) => r.unblended)).toEqual([
      "12345678901234567890.123456789012345678",
      "-0.000000000000000001",
    ]);
  });

  it("replaces restated days, removes lines AWS took back, and touches nothing else", async () => {
    const gone = { usageType: "USE1-TimedStorage-RabbitMQ-ByteHrs" };
    await replaceCostDays(db, read("2026-11-01", "2026-11-05"), [
      row("2026-11-01", "1"),
      row("2026-11-02", "2"),
      row("2026-11-02", "9", gone),
      row("2026-11-03", "3"),
    ]);
    const changed = await replaceCostDays(db, read("2026-11-02", "2026-11-05", "2026-11-21T06:00:00Z"), [
      row("2026-11-02", "2"),
      row("2026-11-03", "3.5"),
      row("2026-11-04", "4"),
    ]);
    expect(changed).toEqual([{ accountId: "111111111111", start: "2026-11-02", endExclusive: "2026-11-05" }]);
    expect((await stored()).map((r) => [r.day, Number(r.unblended), r.observedAt.getUTCDate()])).toEqual([
      ["2026-11-01", 1, 20],
      ["2026-11-02", 2, 20],
      ["2026-11-03", 3.5, 21],
      ["2026-11-04", 4, 21],
    ]);
  });

  it("changes nothing when the same is read again", async () => {
    const rows = [row("2026-11-01", "1"), row("2026-11-02", "2")];
    await replaceCostDays(db, read("2026-11-01", "2026-11-05"), rows);
    expect(await replaceCostDays(db, read("2026-11-01", "2026-11-05", "2026-11-21T06:00:00Z"), rows)).toEqual([]);
  });

  it("notices that a day became final", async () => {
    await replaceCostDays(db, read("2026-11-01", "2026-11-02"), [row("2026-11-01", "1")]);
    const final = [row("2026-11-01", "1", { estimated: false })];
    expect(await replaceCostDays(db, read("2026-11-01", "2026-11-02"), final)).toHaveLength(1);
  });

  it("leaves what another reporter or source told, and record types that were not read", async () => {
    const tax = row("2026-11-01", "7", { recordType: "Tax", usageType: "NoUsageType" });
    await replaceCostDays(db, read("2026-11-01", "2026-11-02"), [row("2026-11-01", "1"), tax]);
    await replaceCostDays(db, read("2026-11-01", "2026-11-02", undefined, "999999999999"), [row("2026-11-01", "1")]);
    await replaceCostDays(db, { ...read("2026-11-01", "2026-11-02"), source: "cur" }, []);
    await replaceCostDays(db, { ...read("2026-11-01", "2026-11-02"), recordTypes: ["Usage"] }, []);
    expect((await stored()).map((r) => [r.reportedBy, r.usageType])).toEqual([
      ["111111111111", "NoUsageType"],
      ["999999999999", "USE1-RabbitMQ-3-InstanceUsage:mq.m5.large"],
    ]);
  });

  it("stores tens of thousands of rows in slices", async () => {
    const rows = Array.from({ length: 25_000 }, (_, index) =>
      row(`2026-10-${String(1 + (index % 30)).padStart(2, "0")}`, `${index}.5`, { usageType: `T${index}` }),
    );
    const changed = await replaceCostDays(db, read("2026-10-01", "2026-11-01"), rows);
    expect(changed).toEqual([{ accountId: "111111111111", start: "2026-10-01", endExclusive: "2026-10-31" }]);
    expect(await db.rows("SELECT count(*)::int AS n, sum(unblended)::text AS sum FROM cost_day")).toEqual([
      { n: 25_000, sum: "312500000.000000000000000000" },
    ]);
  });
});

describe("coverage", () => {
  const cover = (from: string, until: string, accounts: string[] = []) =>
    extendCoverage(db, read(from, until), accounts);

  it("grows with reads that touch, and collects the accounts", async () => {
    await cover("2025-11-01", "2026-11-20", ["222222222222"]);
    await cover("2026-10-01", "2026-11-21", ["333333333333"]);
    await cover("2026-11-21", "2026-11-22");
    expect(await costCoverage(db)).toEqual([
      {
        reportedBy: "111111111111",
        source: "cost-explorer",
        accounts: ["111111111111", "222222222222", "333333333333"],
        start: "2025-11-01",
        endExclusive: "2026-11-22",
        observedAt: new Date("2026-11-20T06:00:00Z"),
      },
    ]);
  });

  it("never papers over a hole", async () => {
    await cover("2025-01-01", "2025-03-01");
    await cover("2026-10-01", "2026-11-20");
    expect(await costCoverage(db)).toMatchObject([{ start: "2026-10-01", endExclusive: "2026-11-20" }]);
  });
});

describe("replaceResourceCosts", () => {
  const arn = "arn:aws:mq:us-east-1:111111111111:broker:orders:b-1";
  const resource = (on: string, unblended: string, resourceId = arn): ResourceCostRow => ({
    accountId: "111111111111",
    day: day(on),
    resourceId,
    usageType: "X",
    recordType: "Usage",
    currency: "USD",
    unblended,
  });
  const lines = async (month: string) =>
    (await resourceLines(db, ["111111111111"], day(month), ["Usage"])).map((line) => [
      line.day,
      line.resourceId.slice(-1),
      Number(line.unblended),
    ]);

  it("replaces the days that were read and keeps the others of the month", async () => {
    await replaceResourceCosts(db, read("2026-10-25", "2026-11-03"), [
      resource("2026-10-25", "1"),
      resource("2026-10-31", "2"),
      resource("2026-11-02", "3"),
      resource("2026-11-02", "9", "b-2"),
    ]);
    await replaceResourceCosts(db, read("2026-10-30", "2026-11-05"), [
      resource("2026-11-02", "3.5"),
      resource("2026-11-04", "4"),
    ]);
    expect(await lines("2026-10-01")).toEqual([["2026-10-25", "1", 1]]);
    expect(await lines("2026-11-01")).toEqual([
      ["2026-11-02", "1", 3.5],
      ["2026-11-04", "1", 4],
    ]);
  });
});
