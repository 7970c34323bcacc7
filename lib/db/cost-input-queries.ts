import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { AppError } from "@/lib/domain/errors";
import { endExclusiveOfMonth, type PlainDate, startOfMonth } from "@/lib/domain/plain-date";

/** A stored billed line. Numbers are exact text. */
export interface CostLineRow {
  accountId: string;
  day: PlainDate;
  source: string;
  reportedBy: string;
  usageType: string;
  recordType: string;
  currency: string;
  unblended: string;
  usageQuantity: string | null;
  usageUnit: string | null;
  estimated: boolean;
  observedAt: Date;
}

/**
 * Every stored line of some accounts in the month of `month`, from all sources and reporters, ordered. They come as one JSON text per account, day,
 * source and reporter: row by row the driver takes three times as long.
 */
export async function costLines(db: Database, accountIds: readonly string[], month: PlainDate): Promise<CostLineRow[]> {
  const groups = await db.rows<{
    accountId: string;
    day: PlainDate;
    source: string;
    reportedBy: string;
    observedAt: Date;
    lines: string;
  }>(
    `SELECT account_id AS "accountId", day::text AS day, source, reported_by AS "reportedBy", observed_at AS "observedAt",
            json_agg(json_build_array(usage_type, record_type, currency, unblended::text, usage_quantity::text, usage_unit, estimated)
                     ORDER BY usage_type, record_type, currency)::text AS lines
       FROM cost_day WHERE account_id = ANY($1::text[]) AND day >= $2::date AND day < $3::date
      GROUP BY account_id, day, source, reported_by, observed_at ORDER BY account_id, day, source, reported_by, observed_at`,
    accountIds,
    startOfMonth(month),
    endExclusiveOfMonth(month),
  );
  return groups.flatMap(({ lines, accountId, day, source, reportedBy, observedAt }) => {
    const packed: unknown = JSON.parse(lines);
    if (!Array.isArray(packed) || !packed.every(isPackedLine))
      throw new AppError(
        "internal",
        `cost lines of ${accountId} on ${day} have another shape than they were asked for`,
      );
    return packed.map(([usageType, recordType, currency, unblended, usageQuantity, usageUnit, estimated]) => ({
      accountId,
      day,
      source,
      reportedBy,
      usageType,
      recordType,
      currency,
      unblended,
      usageQuantity,
      usageUnit,
      estimated,
      observedAt,
    }));
  });
}

type PackedLine = [string, string, string, string, string | null, string | null, boolean];

/** Checked by hand: a schema library takes longer for a month of lines than the query. */
function isPackedLine(line: unknown): line is PackedLine {
  if (!Array.isArray(line) || line.length !== 7) return false;
  const isText = (value: unknown) => typeof value === "string";
  return (
    line.slice(0, 4).every(isText) &&
    line.slice(4, 6).every((value) => value === null || isText(value)) &&
    typeof line[6] === "boolean"
  );
}

/** Accounts with billed or allocated days, and the first and last of these, for some accounts or all; by account. */
export function costExtents(
  db: Database,
  accountIds: readonly string[] | null,
): Promise<{ accountId: string; first: PlainDate; last: PlainDate }[]> {
  // Of the billed lines a few index look-ups per account: grouping would read the whole table.
  return db.rows(
    `WITH RECURSIVE billed(id) AS (
       (SELECT account_id FROM cost_day ORDER BY account_id LIMIT 1)
       UNION ALL
       SELECT (SELECT account_id FROM cost_day WHERE account_id > billed.id ORDER BY account_id LIMIT 1) FROM billed WHERE billed.id IS NOT NULL
     ), extents AS (
       SELECT id, (SELECT day FROM cost_day WHERE account_id = id ORDER BY account_id, day LIMIT 1) AS first,
              (SELECT day FROM cost_day WHERE account_id = id ORDER BY account_id DESC, day DESC LIMIT 1) AS last
         FROM billed WHERE id IS NOT NULL
       UNION ALL
       SELECT account_id, min(day), max(day) FROM cost_allocation_day GROUP BY account_id
     )
     SELECT id AS "accountId", min(first)::text AS first, max(last)::text AS last
       FROM extents WHERE $1::text[] IS NULL OR id = ANY($1::text[]) GROUP BY id ORDER BY id`,
    accountIds,
  );
}

/** A change of one value of a broker; undefined `from`: not told. */
export interface LifeChange {
  from: string | null | undefined;
  to: string | null;
  observedAt: Date;
  possibleFrom: Date | null;
}

/** A broker with what its cost depends on over time. Changes ascend by `observedAt`. */
export interface BrokerLifeRow {
  id: number;
  arn: string;
  brokerId: string;
  accountId: string;
  region: string;
  engine: string;
  deploymentMode: string | null;
  instanceType: string | null;
  storageType: string | null;
  storageSizeGb: number | null;
  awsCreatedAt: Date | null;
  firstSeenAt: Date;
  goneAt: Date | null;
  lastSeenAt: Date | null;
  environment: string;
  ownerKey: string | null;
  instanceTypeChanges: LifeChange[];
  environmentChanges: LifeChange[];
  ownerChanges: LifeChange[];
}

interface ChangeRow {
  brokerId: number;
  attribute: string;
  oldValue: unknown;
  newValue: unknown;
  observedAt: Date;
  previousObservedAt: Date | null;
}

const text = z.string().nullable();
const environmentValue = z.union([z.object({ environment: z.string() }).transform((value) => value.environment), text]);
const ownerValue = z.union([z.object({ ownerKey: text }).transform((value) => value.ownerKey), text]);

/** Brokers of some accounts, gone ones too, with their history; by id. Values of changes that have another shape count as not told. */
export async function brokerLives(db: Database, accountIds: readonly string[]): Promise<BrokerLifeRow[]> {
  const brokers = await db.rows<
    Omit<BrokerLifeRow, "lastSeenAt" | "instanceTypeChanges" | "environmentChanges" | "ownerChanges">
  >(
    `SELECT b.id, b.arn, b.broker_id AS "brokerId", b.account_id AS "accountId", b.region, b.engine, b.deployment_mode AS "deploymentMode",
            b.instance_type AS "instanceType", b.storage_type AS "storageType",
            CASE WHEN jsonb_typeof(b.attributes -> 'storageSizeGb') = 'number' THEN (b.attributes ->> 'storageSizeGb')::double precision END AS "storageSizeGb",
            b.aws_created_at AS "awsCreatedAt", b.first_seen_at AS "firstSeenAt", b.gone_at AS "goneAt", b.environment, o.key AS "ownerKey"
       FROM broker b LEFT JOIN owner o ON o.id = b.owner_id WHERE b.account_id = ANY($1::text[]) ORDER BY b.id`,
    accountIds,
  );
  const changes = await db.rows<ChangeRow>(
    `SELECT c.broker_id AS "brokerId", c.attribute, c.old_value AS "oldValue", c.new_value AS "newValue", c.observed_at AS "observedAt",
            c.previous_observed_at AS "previousObservedAt"
       FROM broker_change c
      WHERE c.broker_id IN (SELECT id FROM broker WHERE account_id = ANY($1::text[]))
        AND c.attribute IN ('presence', 'instanceType', 'environment', 'owner') ORDER BY c.broker_id, c.observed_at, c.id`,
    accountIds,
  );
  const lives = new Map<number, BrokerLifeRow>(
    brokers.map((broker) => [
      broker.id,
      { ...broker, lastSeenAt: null, instanceTypeChanges: [], environmentChanges: [], ownerChanges: [] },
    ]),
  );
  for (const change of changes) {
    const life = lives.get(change.brokerId);
    if (life) addChange(life, change);
  }
  return [...lives.values()];
}

function addChange(life: BrokerLifeRow, change: ChangeRow): void {
  if (change.attribute === "presence") {
    if (change.newValue === "gone" && life.goneAt) life.lastSeenAt = change.previousObservedAt;
    return;
  }
  const [list, shape] =
    change.attribute === "instanceType"
      ? [life.instanceTypeChanges, text]
      : change.attribute === "environment"
        ? [life.environmentChanges, environmentValue]
        : [life.ownerChanges, ownerValue];
  const to = shape.safeParse(change.newValue);
  if (!to.success) return;
  const from = shape.safeParse(change.oldValue);
  list.push({
    // The mapper reads SQL NULL and JSON null alike; where nothing was stored there is no earlier value to speak of.
    from: change.oldValue === null || !from.success ? undefined : from.data,
    to: to.data,
    observedAt: change.observedAt,
    possibleFrom: change.previousObservedAt,
  });
}

/** GB in use per broker and day of the month of `month` as a share of 0 to 1 of the data store (ActiveMQ's StorePercentUsage); absent: no data. */
export async function storeUsage(
  db: Database,
  brokerIds: readonly number[],
  month: PlainDate,
): Promise<Map<number, (number | null)[]>> {
  const rows = await db.rows<{ brokerId: number; values: (number | null)[] }>(
    `SELECT broker_id AS "brokerId", values FROM metrics.daily
      WHERE broker_id = ANY($1::int[]) AND metric = 'StorePercentUsage' AND month = $2::date ORDER BY broker_id, dimension, stat`,
    brokerIds,
    startOfMonth(month),
  );
  const usage = new Map<number, (number | null)[]>();
  for (const { brokerId, values } of rows) {
    const known = usage.get(brokerId) ?? [];
    // Both instances of a pair see one store; the one that is standing by may report nothing or zero.
    usage.set(
      brokerId,
      values.map((value, index) => {
        const other = known[index] ?? null;
        const share = value === null ? null : Math.max(0, value) / 100;
        return share === null ? other : Math.max(share, other ?? 0);
      }),
    );
  }
  return usage;
}
