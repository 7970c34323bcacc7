import { parseAttributeObservedAt, parseObservedAttributes } from "@/lib/db/broker-attributes";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { BrokerAttribute, ObservedAttributes } from "@/lib/domain/broker";
import { engineLine, parseEngineVersion } from "@/lib/domain/engine-version";

/** What sync decides by whether anything changed at all; light, because most brokers did not. */
export interface KnownBroker {
  id: number;
  arn: string;
  brokerId: string;
  accountId: string;
  region: string;
  /** null: never described, only listed. */
  payloadHash: string | null;
  describedUntil: Date | null;
  descriptionFailure: string | null;
  goneAt: Date | null;
}

/** A broker's observed state: everything that sync writes of it (classification and evaluation write their own columns). */
export interface BrokerRecord {
  arn: string;
  brokerId: string;
  accountId: string;
  region: string;
  attributes: ObservedAttributes;
  payloadHash: string | null;
  /** Exceptions: attributes last observed at another instant than the record's own. */
  attributeObservedAt: Readonly<Partial<Record<BrokerAttribute, string>>>;
  describedUntil: Date | null;
  descriptionFailure: string | null;
  firstSeenAt: Date;
  goneAt: Date | null;
}

export interface NewBrokerChange {
  arn: string;
  attribute: string;
  oldValue: unknown;
  newValue: unknown;
  previousObservedAt: Date | null;
}

export interface NewPayload {
  arn: string;
  payload: unknown;
  hash: string;
}

/** Every broker ever seen, gone ones too. */
export async function knownBrokers(db: Database): Promise<KnownBroker[]> {
  return db.rows<KnownBroker>(
    `SELECT id, arn, broker_id AS "brokerId", account_id AS "accountId", region, payload_hash AS "payloadHash",
       described_until AS "describedUntil", description_failure AS "descriptionFailure", gone_at AS "goneAt"
     FROM broker ORDER BY arn`,
  );
}

/** The stored state of some brokers, by ARN. */
export async function brokerRecords(db: Database, ids: readonly number[]): Promise<Map<string, BrokerRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows<
    Omit<BrokerRecord, "attributes" | "attributeObservedAt"> & { attributes: unknown; attributeObservedAt: unknown }
  >(
    `SELECT arn, broker_id AS "brokerId", account_id AS "accountId", region, attributes, payload_hash AS "payloadHash",
       attribute_observed_at AS "attributeObservedAt", described_until AS "describedUntil",
       description_failure AS "descriptionFailure", first_seen_at AS "firstSeenAt", gone_at AS "goneAt"
     FROM broker WHERE id = ANY($1::int[])`,
    ids,
  );
  return new Map(
    rows.map((row) => [
      row.arn,
      {
        ...row,
        attributes: parseObservedAttributes(row.attributes),
        attributeObservedAt: parseAttributeObservedAt(row.attributeObservedAt),
      },
    ]),
  );
}

const OBSERVED_COLUMNS = [
  "broker_id",
  "name",
  "account_id",
  "region",
  "engine",
  "engine_version",
  "engine_line",
  "engine_version_parts",
  "deployment_mode",
  "instance_type",
  "state",
  "aws_created_at",
  "auto_minor_version_upgrade",
  "publicly_accessible",
  "storage_type",
  "attributes",
  "tags",
  "payload_hash",
  "attribute_observed_at",
  "described_until",
  "description_failure",
  "first_seen_at",
  "gone_at",
] as const;

/** What a broker is until the evaluation at the end of its first sync says better. */
const UNEVALUATED = {
  environment: "unclassified",
  environment_source: "none",
  counts_as_production: true,
  owner_source: "none",
};

const INSERTED = ["arn", ...OBSERVED_COLUMNS, ...Object.keys(UNEVALUATED)].join(", ");
const UPSERT = `
  INSERT INTO broker (${INSERTED})
  SELECT ${INSERTED} FROM jsonb_populate_recordset(NULL::broker, $1::jsonb) ORDER BY arn
  ON CONFLICT (arn) DO UPDATE SET ${OBSERVED_COLUMNS.map((column) => `${column} = EXCLUDED.${column}`).join(", ")}`;

/** Rows per statement: bounds the JSON text that the driver and PostgreSQL hold at a time. */
const ROWS_PER_STATEMENT = 500;

/** Writes brokers that are new or changed, their raw payloads and the changes, all by a few statements. */
export async function storeBrokers(
  db: Database,
  input: {
    brokers: readonly BrokerRecord[];
    payloads: readonly NewPayload[];
    changes: readonly NewBrokerChange[];
    observedAt: Date;
    runId: number | null;
  },
): Promise<void> {
  for (const slice of slices(input.brokers)) await db.execute(UPSERT, toJsonb(slice.map(columnsOf)));
  for (const slice of slices(input.payloads)) {
    await db.execute(
      `INSERT INTO broker_payload (broker_id, payload, hash, observed_at)
       SELECT b.id, p.payload, p.hash, $2 FROM jsonb_to_recordset($1::jsonb) AS p(arn text, payload jsonb, hash text) JOIN broker b USING (arn)
       ON CONFLICT (broker_id) DO UPDATE SET payload = EXCLUDED.payload, hash = EXCLUDED.hash, observed_at = EXCLUDED.observed_at`,
      toJsonb(slice),
      input.observedAt,
    );
  }
  for (const slice of slices(input.changes)) await insertBrokerChanges(db, slice, input.observedAt, input.runId);
}

/** Appends changes of brokers that exist. JSON null as a value is kept apart from "no value" (SQL null). */
export async function insertBrokerChanges(
  db: Database,
  changes: readonly NewBrokerChange[],
  observedAt: Date,
  runId: number | null,
): Promise<void> {
  if (changes.length === 0) return;
  await db.execute(
    `INSERT INTO broker_change (broker_id, attribute, old_value, new_value, observed_at, previous_observed_at, run_id)
     SELECT b.id, c.attribute, c."oldValue", c."newValue", $2, c."previousObservedAt", $3::int
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (arn text, attribute text, "oldValue" jsonb, "newValue" jsonb, "previousObservedAt" timestamptz))
       WITH ORDINALITY AS c(arn, attribute, "oldValue", "newValue", "previousObservedAt", position)
     JOIN broker b USING (arn) ORDER BY c.position`,
    toJsonb(changes),
    observedAt,
    runId,
  );
}

function columnsOf(record: BrokerRecord): Record<string, unknown> {
  const { attributes } = record;
  return {
    ...UNEVALUATED,
    arn: record.arn,
    broker_id: record.brokerId,
    name: attributes.name,
    account_id: record.accountId,
    region: record.region,
    engine: attributes.engine ?? "UNKNOWN",
    engine_version: attributes.engineVersion ?? null,
    engine_line: (attributes.engineVersion && engineLine(attributes.engineVersion)) || null,
    engine_version_parts: (attributes.engineVersion && parseEngineVersion(attributes.engineVersion)?.parts) || [],
    deployment_mode: attributes.deploymentMode ?? null,
    instance_type: attributes.instanceType ?? null,
    state: attributes.state,
    aws_created_at: attributes.createdAt ?? null,
    auto_minor_version_upgrade: attributes.autoMinorVersionUpgrade ?? null,
    publicly_accessible: attributes.publiclyAccessible ?? null,
    storage_type: attributes.storageType ?? null,
    attributes,
    tags: attributes.tags ?? {},
    payload_hash: record.payloadHash,
    attribute_observed_at: record.attributeObservedAt,
    described_until: record.describedUntil,
    description_failure: record.descriptionFailure,
    first_seen_at: record.firstSeenAt,
    gone_at: record.goneAt,
  };
}

function slices<T>(items: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    result.push(items.slice(start, start + ROWS_PER_STATEMENT));
  }
  return result;
}
