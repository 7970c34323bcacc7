import type { Database } from "@/lib/db/client";

export interface IncidentRow {
  id: number;
  title: string;
  startedAt: Date;
  endedAt: Date | null;
  cause: string;
  planned: boolean;
  note: string;
  brokerIds: number[];
  applicationIds: number[];
  updatedAt: Date;
  updatedBy: string;
  removedAt: Date | null;
}

export interface DrillRow {
  id: number;
  brokerIds: number[];
  plannedOn: string;
  startedAt: Date | null;
  recoveredAt: Date | null;
  successful: boolean | null;
  problems: string;
  updatedAt: Date;
  updatedBy: string;
  removedAt: Date | null;
}

export interface ApplicationRow {
  id: number;
  name: string;
  ownerName: string | null;
  brokerIds: number[];
  /** Exact text, as are the costs. */
  slaTarget: string | null;
  outageCostPerHour: string | null;
  outageCostCurrency: string | null;
  failoverAttestedAt: Date | null;
  failoverAttestedBy: string | null;
  updatedAt: Date;
  updatedBy: string;
}

export interface ReviewRow {
  candidateId: string;
  decision: string;
  note: string;
  incidentId: number | null;
  reviewedAt: Date;
  reviewedBy: string;
}

export interface AttestationRow {
  startOn: string;
  endExclusive: string;
  note: string;
  attestedAt: Date;
  attestedBy: string;
}

/** All incidents, those taken back among them (they say when), newest first. */
export function incidentRows(db: Database): Promise<IncidentRow[]> {
  return db.rows<IncidentRow>(
    `SELECT id, title, started_at AS "startedAt", ended_at AS "endedAt", cause, planned, note, broker_ids AS "brokerIds",
            application_ids AS "applicationIds", updated_at AS "updatedAt", updated_by AS "updatedBy", removed_at AS "removedAt"
       FROM incident ORDER BY started_at DESC, id DESC`,
  );
}

/** All drills, those taken back among them, newest first. */
export function drillRows(db: Database): Promise<DrillRow[]> {
  return db.rows<DrillRow>(
    `SELECT id, broker_ids AS "brokerIds", planned_on::text AS "plannedOn", started_at AS "startedAt", recovered_at AS "recoveredAt", successful,
            problems, updated_at AS "updatedAt", updated_by AS "updatedBy", removed_at AS "removedAt"
       FROM failover_drill ORDER BY planned_on DESC, id DESC`,
  );
}

/** Applications that were not removed, by name. */
export function applicationRows(db: Database): Promise<ApplicationRow[]> {
  return db.rows<ApplicationRow>(
    `SELECT id, name, owner_name AS "ownerName", broker_ids AS "brokerIds", sla_target::text AS "slaTarget",
            outage_cost_per_hour::text AS "outageCostPerHour", outage_cost_currency AS "outageCostCurrency",
            failover_attested_at AS "failoverAttestedAt", failover_attested_by AS "failoverAttestedBy", updated_at AS "updatedAt", updated_by AS "updatedBy"
       FROM application WHERE removed_at IS NULL ORDER BY lower(name), id`,
  );
}

export function reviewRows(db: Database): Promise<ReviewRow[]> {
  return db.rows<ReviewRow>(
    `SELECT candidate_id AS "candidateId", decision, note, incident_id AS "incidentId", reviewed_at AS "reviewedAt", reviewed_by AS "reviewedBy"
       FROM incident_review`,
  );
}

/** Attestations, the latest of a quarter last. */
export function attestationRows(db: Database): Promise<AttestationRow[]> {
  return db.rows<AttestationRow>(
    `SELECT start_on::text AS "startOn", end_exclusive::text AS "endExclusive", note, attested_at AS "attestedAt", attested_by AS "attestedBy"
       FROM register_attestation ORDER BY id`,
  );
}

export interface SuspectChangeRow {
  brokerId: number;
  engine: string;
  attribute: "state" | "engineVersion";
  oldValue: string | null;
  newValue: string | null;
  observedAt: Date;
  previousObservedAt: Date | null;
}

/** Changes of state and engine version of brokers in scope since an instant, oldest first. */
export function suspectChanges(db: Database, since: Date): Promise<SuspectChangeRow[]> {
  return db.rows<SuspectChangeRow>(
    `SELECT c.broker_id AS "brokerId", b.engine, c.attribute, c.old_value #>> '{}' AS "oldValue", c.new_value #>> '{}' AS "newValue",
            c.observed_at AS "observedAt", c.previous_observed_at AS "previousObservedAt"
       FROM broker_change c JOIN broker b ON b.id = c.broker_id
      WHERE c.observed_at >= $1::timestamptz AND c.attribute IN ('state', 'engineVersion')
        AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = b.account_id AND a.removed_at IS NOT NULL)
      ORDER BY c.observed_at, c.id`,
    since,
  );
}

/** Names of brokers by their row's id. */
export async function brokerLabels(
  db: Database,
  ids: readonly number[],
): Promise<Map<number, { id: string; name: string; environment: string }>> {
  const rows = await db.rows<{ dbId: number; id: string; name: string; environment: string }>(
    `SELECT id AS "dbId", broker_id AS id, name, environment FROM broker WHERE id = ANY($1::int[])`,
    [...new Set(ids)],
  );
  return new Map(rows.map(({ dbId, ...label }) => [dbId, label]));
}

/** The owners of brokers named by row id, each once; null among them where one has none, or does not exist. */
export async function ownerIdsOfBrokers(db: Database, ids: readonly number[]): Promise<(number | null)[]> {
  const rows = await db.rows<{ ownerId: number | null }>(
    `SELECT DISTINCT b.owner_id AS "ownerId" FROM unnest($1::int[]) AS named(id) LEFT JOIN broker b ON b.id = named.id`,
    [...new Set(ids)],
  );
  return rows.map(({ ownerId }) => ownerId);
}

/** The rows' ids of brokers by AWS broker id (the one present first, when an id stands twice). */
export async function brokerRowIds(db: Database, brokerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.rows<{ brokerId: string; id: number }>(
    `SELECT DISTINCT ON (broker_id) broker_id AS "brokerId", id FROM broker WHERE broker_id = ANY($1::text[])
      ORDER BY broker_id, gone_at DESC NULLS FIRST, id DESC`,
    [...brokerIds],
  );
  return new Map(rows.map((row) => [row.brokerId, row.id]));
}

export interface By {
  at: Date;
  actor: string;
}

/** Writes an incident, new (without id) or changed. Null when there is none of the id. */
export async function saveIncidentRow(
  db: Database,
  id: number | null,
  row: Omit<IncidentRow, "id" | "updatedAt" | "updatedBy" | "removedAt">,
  { at, actor }: By,
): Promise<number | null> {
  const values = [
    row.title,
    row.startedAt,
    row.endedAt,
    row.cause,
    row.planned,
    row.note,
    row.brokerIds,
    row.applicationIds,
    at,
    actor,
  ];
  const rows = await db.rows<{ id: number }>(
    id === null
      ? `INSERT INTO incident (title, started_at, ended_at, cause, planned, note, broker_ids, application_ids, updated_at, updated_by, created_at, created_by)
         VALUES ($1, $2, $3::timestamptz, $4, $5, $6, $7::int[], $8::int[], $9, $10, $9, $10) RETURNING id`
      : `UPDATE incident SET title = $1, started_at = $2, ended_at = $3::timestamptz, cause = $4, planned = $5, note = $6, broker_ids = $7::int[],
           application_ids = $8::int[], updated_at = $9, updated_by = $10 WHERE id = $11::int AND removed_at IS NULL RETURNING id`,
    ...values,
    ...(id === null ? [] : [id]),
  );
  return rows[0]?.id ?? null;
}

/** Writes a drill, new (without id) or changed. Null when there is none of the id. */
export async function saveDrillRow(
  db: Database,
  id: number | null,
  row: Omit<DrillRow, "id" | "updatedAt" | "updatedBy" | "removedAt">,
  { at, actor }: By,
): Promise<number | null> {
  const values = [
    row.brokerIds,
    row.plannedOn,
    row.startedAt,
    row.recoveredAt,
    row.successful,
    row.problems,
    at,
    actor,
  ];
  const rows = await db.rows<{ id: number }>(
    id === null
      ? `INSERT INTO failover_drill (broker_ids, planned_on, started_at, recovered_at, successful, problems, updated_at, updated_by, created_at, created_by)
         VALUES ($1::int[], $2::text::date, $3::timestamptz, $4::timestamptz, $5::boolean, $6, $7, $8, $7, $8) RETURNING id`
      : `UPDATE failover_drill SET broker_ids = $1::int[], planned_on = $2::text::date, started_at = $3::timestamptz, recovered_at = $4::timestamptz,
           successful = $5::boolean, problems = $6, updated_at = $7, updated_by = $8 WHERE id = $9::int AND removed_at IS NULL RETURNING id`,
    ...values,
    ...(id === null ? [] : [id]),
  );
  return rows[0]?.id ?? null;
}

/** Writes an application, new (without id) or changed. Null when there is none of the id. */
export async function saveApplicationRow(
  db: Database,
  id: number | null,
  row: Omit<ApplicationRow, "id" | "updatedAt" | "updatedBy">,
  { at, actor }: By,
): Promise<number | null> {
  const values = [
    row.name,
    row.ownerName,
    row.brokerIds,
    row.slaTarget,
    row.outageCostPerHour,
    row.outageCostCurrency,
    row.failoverAttestedAt,
    row.failoverAttestedBy,
    at,
    actor,
  ];
  const rows = await db.rows<{ id: number }>(
    id === null
      ? `INSERT INTO application (name, owner_name, broker_ids, sla_target, outage_cost_per_hour, outage_cost_currency, failover_attested_at,
           failover_attested_by, updated_at, updated_by, created_at)
         VALUES ($1, $2::text, $3::int[], $4::text::numeric, $5::text::numeric, $6::text, $7::timestamptz, $8::text, $9, $10, $9) RETURNING id`
      : `UPDATE application SET name = $1, owner_name = $2::text, broker_ids = $3::int[], sla_target = $4::text::numeric,
           outage_cost_per_hour = $5::text::numeric, outage_cost_currency = $6::text, failover_attested_at = $7::timestamptz,
           failover_attested_by = $8::text, updated_at = $9, updated_by = $10 WHERE id = $11::int AND removed_at IS NULL RETURNING id`,
    ...values,
    ...(id === null ? [] : [id]),
  );
  return rows[0]?.id ?? null;
}

const TABLES = { incident: "incident", drill: "failover_drill", application: "application" } as const;
export type RegisterKind = keyof typeof TABLES;

/** Takes an entry back; its row stays. False when there is none. */
export async function removeRegisterRow(
  db: Database,
  kind: RegisterKind,
  id: number,
  { at, actor }: By,
): Promise<boolean> {
  const written = await db.execute(
    `UPDATE ${TABLES[kind]} SET removed_at = $2, updated_at = $2, updated_by = $3 WHERE id = $1::int AND removed_at IS NULL`,
    id,
    at,
    actor,
  );
  return written > 0;
}

/** Stores what a person made of a candidate. False when somebody did before. */
export async function insertReview(db: Database, review: ReviewRow): Promise<boolean> {
  const written = await db.execute(
    `INSERT INTO incident_review (candidate_id, decision, note, incident_id, reviewed_at, reviewed_by) VALUES ($1, $2, $3, $4::int, $5, $6)
     ON CONFLICT (candidate_id) DO NOTHING`,
    review.candidateId,
    review.decision,
    review.note,
    review.incidentId,
    review.reviewedAt,
    review.reviewedBy,
  );
  return written > 0;
}

export async function insertAttestation(db: Database, row: AttestationRow): Promise<void> {
  await db.execute(
    `INSERT INTO register_attestation (start_on, end_exclusive, note, attested_at, attested_by) VALUES ($1::text::date, $2::text::date, $3, $4, $5)`,
    row.startOn,
    row.endExclusive,
    row.note,
    row.attestedAt,
    row.attestedBy,
  );
}
