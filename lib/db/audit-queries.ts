import type { Database } from "@/lib/db/client";
import { SqlParams } from "@/lib/db/filter-sql";

export interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  personName: string | null;
  action: string;
  permission: string | null;
  subjectType: string;
  subjectKey: string;
  before: unknown;
  after: unknown;
  requestId: string | null;
  remote: string | null;
}

export interface AuditWanted {
  actor: string | null;
  action: string | null;
  subject: string | null;
  /** Business instants, half-open. */
  from: Date | null;
  until: Date | null;
}

/** Events, newest first, below an id. */
export function listAudit(
  db: Database,
  wanted: AuditWanted & { limit: number; belowId: string | null },
): Promise<AuditRow[]> {
  const params = new SqlParams();
  const where = whereSql(params, wanted);
  const below = wanted.belowId === null ? "" : ` AND e.id < ${params.add(wanted.belowId)}::text::bigint`;
  return db.rows<AuditRow>(
    `SELECT e.id::text AS id, e.at, e.actor, p.name AS "personName", e.action, e.permission, e.subject_type AS "subjectType",
            e.subject_key AS "subjectKey", e.before, e.after, e.request_id AS "requestId", e.remote
       FROM audit_event e LEFT JOIN person p ON p.id = e.person_id
      WHERE ${where}${below} ORDER BY e.id DESC LIMIT ${params.add(wanted.limit)}::int`,
    ...params.values,
  );
}

export async function countAudit(db: Database, wanted: AuditWanted): Promise<number> {
  const params = new SqlParams();
  const where = whereSql(params, wanted);
  const [row] = await db.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM audit_event e WHERE ${where}`,
    ...params.values,
  );
  return row?.count ?? 0;
}

export async function auditActions(db: Database): Promise<string[]> {
  const rows = await db.rows<{ action: string }>(`SELECT DISTINCT action FROM audit_event ORDER BY action`);
  return rows.map(({ action }) => action);
}

function whereSql(params: SqlParams, { actor, action, subject, from, until }: AuditWanted): string {
  const conditions = ["true"];
  const contains = (expression: string, text: string) =>
    `position(lower(${params.add(text)}::text) in lower(${expression})) > 0`;
  if (actor) conditions.push(contains("e.actor", actor));
  if (action) {
    const value = params.add(action);
    conditions.push(`(e.action = ${value}::text OR starts_with(e.action, ${value}::text || '.'))`);
  }
  if (subject) conditions.push(contains("e.subject_type || ' ' || e.subject_key", subject));
  if (from) conditions.push(`e.at >= ${params.add(from)}::timestamptz`);
  if (until) conditions.push(`e.at < ${params.add(until)}::timestamptz`);
  return conditions.join(" AND ");
}
