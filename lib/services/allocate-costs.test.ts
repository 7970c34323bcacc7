import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import { replaceCostDays } from "@/lib/db/cost-day-store";
import { brokerCostMonths, costReconciliation, otherCharges, unplacedCosts } from "@/lib/db/cost-report-queries";
import { replaceResourceCosts } from "@/lib/db/cost-resource-store";
import { monthsByKey, totalsByKey } from "@/lib/db/cost-rollup-queries";
import { Decimal, decimalToText } from "@/lib/domain/money";
import { daysOf, parsePlainDate } from "@/lib/domain/plain-date";
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

const allocate = () => allocateCosts({ ctx: ctxAt(db, "2026-11-21T06:00:00Z"), input: { accountIds: null } });

const NOVEMBER = { start: day("2026-11-01"), endExclusive: day("2026-12-01") };

describe("allocateCosts", () => {
  beforeEach(() => clearCosts(db));

  it("stores shares, reconciliation, rollups and other charges that agree to the last digit", async () => {
    const orders = await insertBroker(db, { name: "orders", owner: "shop" });
    await insertBroker(db, { name: "mail", owner: "post", environment: "staging" });
    await insertBroker(db, { name: "legacy", region: "eu-west-1", engine: "ACTIVEMQ", mode: "SINGLE_INSTANCE" });
    const on = day("2026-11-05");
    await bill(db, "2026-11-01", "2026-11-10", [
      costLine(on, CLUSTER, "41.472000000000000001", { usageQuantity: "48" }),
      costLine(on, SINGLE, "6.912"),
      costLine(on, STORAGE, "0.333333333333333333"),
      costLine(on, UNKNOWN, "1.5"),
      costLine(on, "NoUsageType", "3.99", { recordType: "Tax" }),
    ]);
    expect(await allocate()).toMatchObject({ days: 1, daysChanged: 1 });

    expect(await costReconciliation(db, {}, NOVEMBER)).toEqual([
      {
        currency: "USD",
        billed: "50.217333333333333334",
        allocated: "41.805333333333333334",
        ambiguous: "6.912",
        unallocated: "1.5",
      },
    ]);
    expect(await unplacedCosts(db, undefined, NOVEMBER)).toMatchObject([
      { usageType: UNKNOWN, component: "other", reason: "unknown-usage-type", days: 1 },
    ]);
    expect(await otherCharges(db, [ACCOUNT], NOVEMBER)).toEqual([
      { currency: "USD", recordType: "Tax", amount: "3.990000000000000000" },
    ]);
    const months = await brokerCostMonths(db, orders, NOVEMBER);
    expect(months.map((m) => [m.component, m.basis, m.method, m.amounts[4], m.amounts[5], m.amounts.length])).toEqual([
      ["instance", "allocated", "hours", "20.736000000000000000", null, 30],
      ["storage", "allocated", "provisioned-size", "0.166666666666666666", null, 30],
    ]);
    const byOwner = await totalsByKey(db, "owner", {}, NOVEMBER);
    expect(byOwner.map((row) => [row.key, decimalToText(new Decimal(row.total))])).toEqual([
      ["post", "20.902666666666666668"],
      ["shop", "20.902666666666666666"],
      ["(none)", "6.912"],
      ["(unallocated)", "1.5"],
    ]);
    expect(await db.rows("SELECT name FROM data_version WHERE version > 0 ORDER BY name")).toEqual([
      { name: "costs" },
      { name: "fleet" },
    ]);
  });

  it("changes nothing when repeated, and only what a restatement touches", async () => {
    await insertBroker(db, { name: "orders" });
    const rows = daysOf({ start: day("2026-10-20"), endExclusive: day("2026-11-10") }).map((on) =>
      costLine(on, CLUSTER, "20.736"),
    );
    await bill(db, "2026-10-20", "2026-11-10", rows);
    expect(await allocate()).toEqual({ days: 21, daysChanged: 21, brokersChanged: 1 });
    expect(await allocate()).toEqual({ days: 21, daysChanged: 0, brokersChanged: 0 });
    const before = await db.rows("SELECT xmin::text, * FROM broker_cost_month WHERE month = '2026-10-01'");

    await bill(db, "2026-11-01", "2026-11-10", [costLine(day("2026-11-03"), CLUSTER, "21")]);
    expect(await allocate()).toMatchObject({ days: 13, daysChanged: 9 });
    expect(await costReconciliation(db, {}, NOVEMBER)).toMatchObject([{ billed: "21", allocated: "21" }]);
    expect(await db.rows("SELECT xmin::text, * FROM broker_cost_month WHERE month = '2026-10-01'")).toEqual(before);
  });

  it("clears what it wrote when AWS takes an account's last line back", async () => {
    await insertBroker(db, { name: "orders" });
    await bill(db, "2026-11-01", "2026-11-10", [costLine(day("2026-11-03"), CLUSTER, "21")]);
    await allocate();
    await bill(db, "2026-11-01", "2026-11-10", []);
    expect(await allocate()).toMatchObject({ days: 0, daysChanged: 1 });
    expect(await db.rows("SELECT count(*)::int AS n FROM cost_rollup_month")).toEqual([{ n: 0 }]);
    expect(await db.rows("SELECT count(*)::int AS n FROM broker_cost_month")).toEqual([{ n: 0 }]);
  });

  it("books a day to the owner and environment of that day", async () => {
    const id = await insertBroker(db, { name: "orders", owner: "new-team", environment: "production" });
    await db.execute(
      `INSERT INTO broker_change (broker_id, attribute, old_value, new_value, observed_at)
       VALUES ($1, 'owner', '{"ownerKey": "old-team", "source": "tag"}', '{"ownerKey": "new-team", "source": "tag"}', '2026-11-04T09:00:00Z'),
              ($1, 'environment', '{"environment": "staging"}', '{"environment": "production"}', '2026-11-05T09:00:00Z'),
              ($1, 'owner', '{"ownerKey": null}', '{"ownerKey": "old-team"}', '2026-11-02T09:00:00Z')`,
      id,
    );
    const interval = { start: day("2026-11-01"), endExclusive: day("2026-11-07") };
    await bill(
      db,
      "2026-11-01",
      "2026-11-07",
      daysOf(interval).map((on) => costLine(on, CLUSTER, "1")),
    );
    await allocate();
    const series = async (by: "owner" | "environment") =>
      Object.fromEntries(
        (await monthsByKey(db, by, {}, interval)).map((m) => [
          m.key,
          m.amounts
            .slice(0, 6)
            .map((amount) => (amount === null ? "-" : "x"))
            .join(""),
        ]),
      );
    expect(await series("owner")).toEqual({ "(none)": "x-----", "old-team": "-xx---", "new-team": "---xxx" });
    expect(await series("environment")).toEqual({ staging: "xxxx--", production: "----xx" });
  });

  it("gives a replaced broker and its replacement the hours of their own", async () => {
    const old = await insertBroker(db, { name: "old", goneAt: "2026-11-03T18:00:00Z" });
    await db.execute(
      `INSERT INTO broker_change (broker_id, attribute, old_value, new_value, observed_at, previous_observed_at)
       VALUES ($1, 'presence', '"present"', '"gone"', '2026-11-03T18:00:00Z', '2026-11-03T12:00:00Z')`,
      old,
    );
    const fresh = await insertBroker(db, { name: "new", createdAt: "2026-11-03T12:00:00Z" });
    await bill(db, "2026-11-03", "2026-11-05", [
      costLine(day("2026-11-03"), CLUSTER, "24"),
      costLine(day("2026-11-04"), CLUSTER, "24"),
    ]);
    await allocate();
    const amounts = async (id: number) =>
      (await brokerCostMonths(db, id, NOVEMBER)).map((m) => m.amounts.slice(2, 4).map((a) => a && Number(a)));
    expect(await amounts(old)).toEqual([[12, null]]);
    expect(await amounts(fresh)).toEqual([[12, 24]]);
  });

  it("counts the payer's report once where the member reports the same spend", async () => {
    await insertBroker(db, { name: "orders", accountId: OTHER_ACCOUNT });
    const rows = [costLine(day("2026-11-03"), CLUSTER, "24", { accountId: OTHER_ACCOUNT })];
    await bill(db, "2026-11-01", "2026-11-10", rows, ACCOUNT);
    await bill(db, "2026-11-01", "2026-11-10", rows, OTHER_ACCOUNT);
    await allocate();
    expect(await costReconciliation(db, {}, NOVEMBER)).toMatchObject([{ billed: "24" }]);
    expect(await db.rows(`SELECT reported_by AS by FROM cost_allocation_day`)).toEqual([{ by: ACCOUNT }]);
  });

  it("takes the amounts of a source that names the resource, and says billed", async () => {
    const id = await insertBroker(db, { name: "orders" });
    await insertBroker(db, { name: "mail" });
    const on = day("2026-11-03");
    await bill(db, "2026-11-01", "2026-11-10", [costLine(on, CLUSTER, "30", { usageQuantity: "48", estimated: true })]);
    const read = {
      source: "cost-explorer-resources",
      reportedBy: ACCOUNT,
      interval: { start: day("2026-11-01"), endExclusive: day("2026-11-10") },
      observedAt: new Date("2026-11-10T06:00:00Z"),
    };
    const resource = { accountId: ACCOUNT, day: on, usageType: CLUSTER, recordType: "Usage", currency: "USD" };
    await replaceResourceCosts(db, read, [
      { ...resource, resourceId: "arn:aws:mq:us-east-1:111111111111:broker:orders:b-orders", unblended: "29" },
      { ...resource, resourceId: "NoResourceId", unblended: "1" },
    ]);
    await replaceCostDays(db, read, [costLine(on, CLUSTER, "30", { estimated: true })]);
    await allocate();
    expect(await brokerCostMonths(db, id, NOVEMBER)).toMatchObject([{ basis: "billed", method: "resource" }]);
    expect(await costReconciliation(db, {}, NOVEMBER)).toMatchObject([
      { billed: "30", allocated: "29", unallocated: "1" },
    ]);
    expect(await unplacedCosts(db, [ACCOUNT], NOVEMBER)).toMatchObject([{ reason: "unknown-resource" }]);
  });

  it("spreads ActiveMQ storage by the usage that metrics report", async () => {
    const brokers = [
      await insertBroker(db, { name: "a", engine: "ACTIVEMQ", mode: "SINGLE_INSTANCE" }),
      await insertBroker(db, { name: "b", engine: "ACTIVEMQ", mode: "SINGLE_INSTANCE" }),
    ];
    await db.execute(
      `CREATE TABLE IF NOT EXISTS metrics.daily_20261101 PARTITION OF metrics.daily FOR VALUES FROM ('2026-11-01') TO ('2026-12-01')`,
    );
    await db.execute(
      `INSERT INTO metrics.daily SELECT id, 'StorePercentUsage', '1', 'Maximum', '2026-11-01', array_fill(share, ARRAY[30])
         FROM unnest($1::int[], ARRAY[30.0, 10.0]) AS t(id, share)`,
      brokers,
    );
    await bill(db, "2026-11-01", "2026-11-10", [costLine(day("2026-11-03"), "TimedStorage-EBS-ByteHrs", "4")]);
    await allocate();
    const [first] = await brokerCostMonths(db, brokers[0] ?? 0, NOVEMBER);
    expect(first).toMatchObject({ component: "storage", basis: "allocated", method: "reported-usage" });
    expect(Number(first?.amounts[2])).toBe(3);
    await db.execute("TRUNCATE metrics.daily");
  });

  it("sets run rates from the last seven final days, and writes brokers only when they change", async () => {
    await insertBroker(db, { name: "orders" });
    await insertBroker(db, {
      name: "young",
      region: "eu-west-1",
      engine: "ACTIVEMQ",
      mode: "SINGLE_INSTANCE",
      createdAt: "2026-10-30T00:00:00Z",
    });
    await insertBroker(db, { name: "gone", goneAt: "2026-11-02T00:00:00Z", region: "us-west-2" });
    const rows = daysOf({ start: day("2026-10-20"), endExclusive: day("2026-11-10") }).flatMap((on) => [
      costLine(on, CLUSTER, on < "2026-10-26" ? "1000" : "12", { estimated: on >= "2026-11-01" }),
      costLine(on, "USW2-RabbitMQ-3-InstanceUsage:mq.m5.large", "12", { estimated: on >= "2026-11-01" }),
      ...(on >= "2026-10-30" ? [costLine(on, SINGLE, "24", { estimated: on >= "2026-11-01" })] : []),
    ]);
    await bill(db, "2026-10-20", "2026-11-10", rows);
    expect((await allocate()).brokersChanged).toBe(2);
    const rates = () =>
      db.rows(
        "SELECT name, round(monthly_cost, 6)::text AS cost, cost_currency AS currency, cost_basis AS basis FROM broker ORDER BY name",
      );
    expect(await rates()).toEqual([
      { name: "gone", cost: null, currency: null, basis: null },
      // (1000 + 6 x 12) / 7 x 365 / 12
      { name: "orders", cost: "4658.095238", currency: "USD", basis: "allocated" },
      { name: "young", cost: "730.000000", currency: "USD", basis: "ambiguous" },
    ]);
    await db.execute("UPDATE broker SET gone_at = '2026-11-12' WHERE name = 'young'");
    expect((await allocate()).brokersChanged).toBe(1);
    expect(await rates()).toMatchObject([{}, { cost: "4658.095238" }, { cost: null }]);
  });

  it("calls a run rate ambiguous when more than a twentieth of it is", async () => {
    await insertBroker(db, { name: "orders" });
    const on = day("2026-11-03");
    const transfer = (amount: string) => [
      costLine(on, CLUSTER, "95"),
      costLine(on, "USE1-DataTransfer-Regional-Bytes", amount, { usageUnit: "GB" }),
    ];
    const basis = async () => (await db.rows<{ basis: string }>("SELECT cost_basis AS basis FROM broker"))[0]?.basis;
    await bill(db, "2026-11-01", "2026-11-10", transfer("5"));
    await allocate();
    expect(await basis()).toBe("allocated");
    await bill(db, "2026-11-01", "2026-11-10", transfer("5.01"));
    await allocate();
    expect(await basis()).toBe("ambiguous");
  });
});
