import type { Database } from "@/lib/db/client";

/** A version of a quarterly report without its contents. */
export interface ReportRow {
  id: number;
  quarter: string;
  startOn: string;
  endExclusive: string;
  scope: string;
  scopeKey: string;
  scopeLabel: string;
  ownerId: number | null;
  number: number;
  stage: string;
  reason: string | null;
  open: string[];
  asOf: Date;
  computedAt: Date;
  computedBy: string;
  sha256: string;
  figuresSha256: string;
  superseded: boolean;
}

const COLUMNS = `r.id, r.quarter, r.start_on::text AS "startOn", r.end_exclusive::text AS "endExclusive", r.scope, r.scope_key AS "scopeKey",
  r.scope_label AS "scopeLabel", r.owner_id AS "ownerId", r.number, r.stage, r.reason, r.open, r.as_of AS "asOf", r.computed_at AS "computedAt",
  r.computed_by AS "computedBy", r.sha256, r.figures_sha256 AS "figuresSha256",
  EXISTS (SELECT 1 FROM quarterly_report n WHERE n.start_on = r.start_on AND n.end_exclusive = r.end_exclusive AND n.scope = r.scope
            AND n.scope_key = r.scope_key AND n.number > r.number) AS superseded`;

/** Versions, the newest quarter and version first. `owners`: only reports of these owner entities, "all": no limit. */
export function reportRows(
  db: Database,
  input: { quarter?: string; scope?: string; key?: string; owners: "all" | readonly number[] },
): Promise<ReportRow[]> {
  const owners = input.owners === "all" ? null : [...input.owners];
  return db.rows<ReportRow>(
    `SELECT ${COLUMNS} FROM quarterly_report r
      WHERE ($1::text IS NULL OR r.quarter = $1) AND ($2::text IS NULL OR r.scope = $2) AND ($3::text IS NULL OR r.scope_key = $3)
        AND ($4::int[] IS NULL OR r.owner_id = ANY($4::int[]))
      ORDER BY r.start_on DESC, (r.scope = 'all') DESC, r.scope, r.scope_label, r.scope_key, r.number DESC LIMIT 2000`,
    input.quarter ?? null,
    input.scope ?? null,
    input.key ?? null,
    owners,
  );
}

/** The version of an id; null when there is none. */
export async function reportRow(db: Database, id: number): Promise<ReportRow | null> {
  const rows = await db.rows<ReportRow>(`SELECT ${COLUMNS} FROM quarterly_report r WHERE r.id = $1::int`, id);
  return rows[0] ?? null;
}

/** The frozen report as canonical JSON. */
export async function reportDocument(db: Database, id: number): Promise<string | null> {
  const rows = await db.rows<{ document: string }>(`SELECT document FROM quarterly_report WHERE id = $1::int`, id);
  return rows[0]?.document ?? null;
}

/** The complete lists of a report, gzip of canonical JSON. */
export async function reportListBytes(db: Database, id: number): Promise<Uint8Array | null> {
  const rows = await db.rows<{ lists: Uint8Array }>(`SELECT lists FROM quarterly_report WHERE id = $1::int`, id);
  return rows[0]?.lists ?? null;
}

/** Waits until nobody else issues a report. Held to the end of the transaction. */
export async function lockReports(tx: Database): Promise<void> {
  await tx.execute(`SELECT pg_advisory_xact_lock(hashtext('mq-steward:reports'))`);
}

/** Whether any report was ever frozen. */
export async function anyReport(db: Database): Promise<boolean> {
  const rows = await db.rows<{ any: boolean }>(`SELECT EXISTS (SELECT 1 FROM quarterly_report) AS any`);
  return rows[0]?.any ?? false;
}

export type NewReport = Omit<ReportRow, "id" | "superseded"> & { document: string; lists: Uint8Array };

/** Appends a version and answers its id. */
export async function insertReport(tx: Database, report: NewReport): Promise<number> {
  const rows = await tx.rows<{ id: number }>(
    `INSERT INTO quarterly_report (quarter, start_on, end_exclusive, scope, scope_key, scope_label, owner_id, number, stage, reason, open, as_of,
       computed_at, computed_by, document, sha256, figures_sha256, lists)
     VALUES ($1, $2::text::date, $3::text::date, $4, $5, $6, $7::int, $8::int, $9, $10, $11::text[], $12, $13, $14, $15, $16, $17, $18) RETURNING id`,
    report.quarter,
    report.startOn,
    report.endExclusive,
    report.scope,
    report.scopeKey,
    report.scopeLabel,
    report.ownerId,
    report.number,
    report.stage,
    report.reason,
    report.open,
    report.asOf,
    report.computedAt,
    report.computedBy,
    report.document,
    report.sha256,
    report.figuresSha256,
    report.lists,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("no id of a new report");
  return id;
}
