import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccountSession, CostRead, ResourceCostRead } from "@/lib/aws/gateway";
import type { Database } from "@/lib/db/client";
import { costCoverage } from "@/lib/db/cost-day-store";
import { Decimal } from "@/lib/domain/money";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { SourceResult } from "@/lib/domain/sync";
import { readCosts, readResourceCosts, usageInterval } from "@/lib/services/read-costs";
import { ctxAt } from "@/lib/testing/cost-fixtures";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

const day = parsePlainDate;
const PAYER = "111111111111";
const MEMBER = "222222222222";

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = await database.open();
});
afterAll(() => database.close());
beforeEach(async () => {
  await db.execute("TRUNCATE cost_day, cost_coverage, cost_resource_month, data_version");
});

function absent(what: string): never {
  throw new Error(`${what} is not part of this test`);
}

type Asked = { call: string; start: string; endExclusive: string };

/** A session whose Cost Explorer gives the same answer to everything, and a list of what it was asked. */
function session(
  answer: Partial<SourceResult<CostRead>>,
  resources: Partial<SourceResult<ResourceCostRead>> = {},
): { session: AccountSession; asked: Asked[] } {
  const asked: Asked[] = [];
  const complete = {
    status: "complete",
    items: [],
    failures: [],
    errorCode: null,
    message: null,
    wayOut: null,
  } as const;
  return {
    asked,
    session: {
      access: { accountId: PAYER, roleArn: null, externalId: null },
      counts: () => ({}),
      costUsage: async (start, endExclusive) => {
        asked.push({ call: "usage", start, endExclusive });
        return { ...complete, ...answer };
      },
      costResources: async (start, endExclusive) => {
        asked.push({ call: "resources", start, endExclusive });
        return { ...complete, ...resources };
      },
      identity: () => absent("identity"),
      listBrokers: () => absent("listBrokers"),
      describeBrokers: () => absent("describeBrokers"),
      configurationRevisions: () => absent("configurationRevisions"),
      configurationList: () => absent("configurationList"),
      network: () => absent("network"),
      users: () => absent("users"),
      brokerEvents: () => absent("brokerEvents"),
      healthEvents: () => absent("healthEvents"),
      listPrices: () => absent("listPrices"),
      offers: () => absent("offers"),
      metrics: () => absent("metrics"),
      organizationAccounts: () => absent("organizationAccounts"),
      checkAccess: () => absent("checkAccess"),
    },
  };
}

function cost(on: string, unblended: string, override: Partial<CostRead> = {}): CostRead {
  return {
    accountId: MEMBER,
    day: day(on),
    usageType: "USE1-RabbitMQ-3-InstanceUsage:mq.m5.large",
    recordType: "Usage",
    currency: "USD",
    unblended: new Decimal(unblended),
    amortized: null,
    usageQuantity: new Decimal(24),
    usageUnit: "Hrs",
    estimated: true,
    ...override,
  };
}

const stored = () =>
  db.rows(
    `SELECT account_id AS account, day::text, record_type AS type, unblended::text AS amount FROM cost_day ORDER BY 1, 2, 3`,
  );

const read = (
  given: { session: AccountSession },
  now: string,
  lastCompleteAt: string | null,
  options: { force?: boolean } = {},
) =>
  readCosts({
    ctx: ctxAt(db, now),
    input: {
      session: given.session,
      accountId: PAYER,
      lastCompleteAt: lastCompleteAt ? new Date(lastCompleteAt) : null,
      ...options,
    },
  });

describe("usageInterval", () => {
  it.each([
    ["2026-11-21", null, "2025-10-01", "2026-11-21"],
    ["2026-11-21", "2026-11-20T06:00:00Z", "2026-10-01", "2026-11-21"],
    ["2026-11-01", "2026-10-31T06:00:00Z", "2026-09-01", "2026-11-01"],
    ["2026-11-02", "2026-10-31T06:00:00Z", "2026-09-01", "2026-11-02"],
    ["2026-11-21", "2026-07-05T06:00:00Z", "2026-06-01", "2026-11-21"],
    ["2026-11-21", "2024-01-05T06:00:00Z", "2025-10-01", "2026-11-21"],
    ["2024-03-01", "2024-02-29T23:59:00Z", "2024-01-01", "2024-03-01"],
  ])("on %s after a read at %s is from %s to %s", (today, last, start, endExclusive) => {
    expect(usageInterval(day(today), last ? new Date(last) : null)).toEqual({ start, endExclusive });
  });
});

describe("readCosts", () => {
  it("stores what was read as told by the account, and the days that are known now", async () => {
    const given = session({
      items: [
        cost("2026-11-18", "20.736"),
        cost("2026-11-19", "1.5", { accountId: PAYER }),
        cost("2026-11-01", "3", { recordType: "Tax", usageType: "NoUsageType" }),
      ],
    });
    const reading = await read(given, "2026-11-21T06:00:00Z", null);
    expect(given.asked).toEqual([{ call: "usage", start: "2025-10-01", endExclusive: "2026-11-21" }]);
    expect(reading).toMatchObject({
      status: "complete",
      itemCount: 3,
      interval: { start: "2025-10-01", endExclusive: "2026-11-21" },
      changed: [
        { accountId: PAYER, start: "2026-11-19", endExclusive: "2026-11-20" },
        { accountId: MEMBER, start: "2026-11-01", endExclusive: "2026-11-19" },
      ],
    });
    // The 20th is not on the bill yet: not known, rather than free.
    expect(await costCoverage(db)).toMatchObject([
      { reportedBy: PAYER, accounts: [PAYER, MEMBER], start: "2025-10-01", endExclusive: "2026-11-20" },
    ]);
    expect(await db.rows("SELECT name FROM data_version")).toEqual([{ name: "costs" }]);
  });

  it("takes days without a line as free once the bill cannot lag so far behind", async () => {
    await read(session({ items: [cost("2026-11-02", "1")] }), "2026-11-21T06:00:00Z", null);
    expect(await costCoverage(db)).toMatchObject([{ endExclusive: "2026-11-18" }]);
  });

  it("cuts the residue of floats at the 18th digit and adds up lines of one kind", async () => {
    await read(
      session({
        items: [cost("2026-11-18", "0.1234567890123456785"), cost("2026-11-18", "1e-30"), cost("2026-11-18", "1")],
      }),
      "2026-11-21T06:00:00Z",
      null,
    );
    expect(await stored()).toEqual([
      { account: MEMBER, day: "2026-11-18", type: "Usage", amount: "1.123456789012345678" },
    ]);
  });

  it("reads once a UTC day unless forced", async () => {
    const given = session({ items: [cost("2026-11-18", "1")] });
    const reading = await read(given, "2026-11-21T23:00:00Z", "2026-11-21T00:30:00Z");
    expect(reading).toMatchObject({ status: "skipped", interval: null, itemCount: 0 });
    expect(given.asked).toEqual([]);
    await read(given, "2026-11-21T23:00:00Z", "2026-11-21T00:30:00Z", { force: true });
    await read(given, "2026-11-22T00:10:00Z", "2026-11-21T23:50:00Z");
    expect(given.asked).toHaveLength(2);
  });

  it("stores nothing of a reading that failed, and says so", async () => {
    await read(session({ items: [cost("2026-11-18", "1")] }), "2026-11-20T06:00:00Z", null);
    const denied = { status: "denied", errorCode: "aws-access-denied", message: "no", wayOut: "ask" } as const;
    expect(await read(session(denied), "2026-11-21T06:00:00Z", null)).toMatchObject({ ...denied, changed: [] });
    expect(await read(session({ status: "partial", items: [] }), "2026-11-21T06:00:00Z", null)).toMatchObject({
      status: "partial",
    });
    expect(await stored()).toHaveLength(1);
  });

  it("replaces usage alone when tax, credits and refunds could not be read", async () => {
    const tax = cost("2026-11-01", "3", { recordType: "Tax", usageType: "NoUsageType" });
    await read(session({ items: [cost("2026-11-18", "1"), tax] }), "2026-11-20T06:00:00Z", null);
    await read(session({ status: "partial", items: [cost("2026-11-18", "2")] }), "2026-11-21T06:00:00Z", null);
    expect((await stored()).map((row) => JSON.stringify(row))).toEqual([
      JSON.stringify({ account: MEMBER, day: "2026-11-01", type: "Tax", amount: "3.000000000000000000" }),
      JSON.stringify({ account: MEMBER, day: "2026-11-18", type: "Usage", amount: "2.000000000000000000" }),
    ]);
  });

  it("leaves days outside of what it asked for alone", async () => {
    await read(session({ items: [cost("2026-09-18", "1")] }), "2026-09-20T06:00:00Z", null);
    await read(
      session({ items: [cost("2026-09-18", "9"), cost("2026-11-18", "2")] }),
      "2026-11-21T06:00:00Z",
      "2026-11-20T06:00:00Z",
    );
    expect(await stored()).toMatchObject([
      { day: "2026-09-18", amount: "1.000000000000000000" },
      { day: "2026-11-18", amount: "2.000000000000000000" },
    ]);
  });
});

describe("readResourceCosts", () => {
  const arn = "arn:aws:mq:us-east-1:222222222222:broker:orders:b-1";

  it("asks for the 14 days that Cost Explorer keeps, and stores resources beside their sums", async () => {
    const given = session(
      {},
      {
        items: [
          { ...cost("2026-11-18", "2"), resourceId: arn },
          { ...cost("2026-11-18", "3"), resourceId: "NoResourceId" },
        ],
      },
    );
    const reading = await readResourceCosts({
      ctx: ctxAt(db, "2026-11-21T06:00:00Z"),
      input: { session: given.session, accountId: PAYER, lastCompleteAt: null },
    });
    expect(given.asked).toEqual([{ call: "resources", start: "2026-11-07", endExclusive: "2026-11-21" }]);
    expect(reading).toMatchObject({ status: "complete", itemCount: 2 });
    expect(await db.rows("SELECT source, unblended::text AS amount FROM cost_day")).toEqual([
      { source: "cost-explorer-resources", amount: "5.000000000000000000" },
    ]);
    expect(await db.rows("SELECT resource_id AS id FROM cost_resource_month ORDER BY 1")).toEqual([
      { id: "NoResourceId" },
      { id: arn },
    ]);
  });

  it("passes on that resource-level costs are not switched on", async () => {
    const given = session({}, { status: "unsupported", message: "not switched on" });
    const reading = await readResourceCosts({
      ctx: ctxAt(db, "2026-11-21T06:00:00Z"),
      input: { session: given.session, accountId: PAYER, lastCompleteAt: null },
    });
    expect(reading).toMatchObject({ status: "unsupported", message: "not switched on", changed: [] });
  });
});
