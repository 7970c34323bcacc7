import type { Database } from "@/lib/db/client";
import { type CostDayRow, extendCoverage, replaceCostDays } from "@/lib/db/cost-day-store";
import { fixedClock } from "@/lib/domain/clock";
import { type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";

/** Accounts and usage types of tests about costs: a payer or lone account, and another. */
export const ACCOUNT = "111111111111";
export const OTHER_ACCOUNT = "222222222222";
export const CLUSTER = "USE1-RabbitMQ-3-InstanceUsage:mq.m5.large";
export const SINGLE = "EU-ActiveMQ-InstanceUsage:mq.m5.large";
export const STORAGE = "TimedStorage-RabbitMQ-ByteHrs";
export const UNKNOWN = "USE1-Something-New";

/** A broker that costs: a RabbitMQ cluster on mq.m5.large in us-east-1 unless told otherwise. */
export interface CostlyBroker {
  name: string;
  accountId?: string;
  region?: string;
  engine?: string;
  mode?: string;
  owner?: string;
  environment?: string;
  createdAt?: string;
  goneAt?: string;
}

/** Inserts a broker with its owner; answers its id. */
export async function insertBroker(db: Database, given: CostlyBroker): Promise<number> {
  const { name, accountId = ACCOUNT, region = "us-east-1", engine = "RABBITMQ", mode = "CLUSTER_MULTI_AZ" } = given;
  const rows = await db.rows<{ id: number }>(
    `WITH o AS (
       INSERT INTO owner (key, display_name, created_at) SELECT $7::text, $7::text, '2025-01-01' WHERE $7::text IS NOT NULL
       ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key RETURNING id
     )
     INSERT INTO broker (arn, broker_id, name, account_id, region, engine, deployment_mode, instance_type, storage_type, state, attributes,
                         aws_created_at, first_seen_at, gone_at, environment, environment_source, counts_as_production, owner_id, owner_source)
     VALUES ('arn:aws:mq:' || $3 || ':' || $2 || ':broker:' || $1 || ':b-' || $1, 'b-' || $1, $1, $2, $3, $4, $5, 'mq.m5.large', 'EBS', 'RUNNING', '{}',
             $6::timestamptz, $6::timestamptz, $8::timestamptz, $9, 'tag', true, (SELECT id FROM o), 'tag') RETURNING id`,
    name,
    accountId,
    region,
    engine,
    mode,
    new Date(given.createdAt ?? "2025-01-01T00:00:00Z"),
    given.owner ?? null,
    given.goneAt ? new Date(given.goneAt) : null,
    given.environment ?? "production",
  );
  return rows[0]?.id ?? 0;
}

/** A billed line: 24 hours of an instance, or a line without quantity. */
export function costLine(
  on: PlainDate,
  usageType: string,
  unblended: string,
  override: Partial<CostDayRow> = {},
): CostDayRow {
  const isHours = usageType.includes("InstanceUsage");
  return {
    accountId: ACCOUNT,
    day: on,
    usageType,
    recordType: "Usage",
    currency: "USD",
    unblended,
    amortized: null,
    usageQuantity: isHours ? "24" : null,
    usageUnit: isHours ? "Hrs" : "GB-Month",
    estimated: false,
    ...override,
  };
}

/** Stores lines as if `reportedBy` had read the days [from, until) at 06:00 of the day `until`. */
export async function bill(
  db: Database,
  from: string,
  until: string,
  rows: readonly CostDayRow[],
  reportedBy = ACCOUNT,
): Promise<void> {
  const interval = { start: parsePlainDate(from), endExclusive: parsePlainDate(until) };
  const read = { source: "cost-explorer", reportedBy, interval, observedAt: new Date(`${until}T06:00:00Z`) };
  await replaceCostDays(db, read, rows);
  await extendCoverage(db, read, [...new Set(rows.map((row) => row.accountId))]);
}

/** A ctx of which only the business clock and the database can be used. */
export function ctxAt(db: Database, instant: string, actorName = "system:test"): Ctx {
  const refuse = () => {
    throw new Error("not part of this test");
  };
  return {
    clock: fixedClock(instant),
    db,
    get wall() {
      return refuse();
    },
    get aws() {
      return refuse();
    },
    get queue() {
      return refuse();
    },
    get log() {
      return refuse();
    },
    actor: { kind: "system", name: actorName, permissions: "all" },
    requestId: null,
  };
}

/** Removes what these fixtures and allocation wrote. */
export async function clearCosts(db: Database): Promise<void> {
  await db.execute(
    `TRUNCATE cost_day, cost_coverage, cost_resource_month, broker_cost_month, cost_allocation_day, cost_other_day, cost_rollup_month, data_version`,
  );
  for (const table of ["broker_change", "broker", "aws_account", "owner"]) await db.execute(`DELETE FROM ${table}`);
}
