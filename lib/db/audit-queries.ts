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

/** What keeps this database's audit from being rewritten by the very role that asks: found out from its rights, not from settings. */
export interface AuditProtection {
  role: string;
  /** The role could update, delete or truncate, or give itself the right: by a privilege, as owner, as member of the owner, or as superuser. */
  mayRewrite: boolean;
  /** Triggers that refuse update, delete and truncate are there and switched on. */
  triggers: boolean;
}

export async function auditProtection(db: Database): Promise<AuditProtection> {
  const [row] = await db.rows<AuditProtection>(
    `SELECT current_user::text AS role,
       has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE')
         OR has_any_column_privilege(c.oid, 'UPDATE') OR pg_has_role(c.relowner, 'MEMBER')
         OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS "mayRewrite",
       (SELECT count(*) = 2 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled IN ('O', 'A')
          AND t.tgname IN ('audit_event_append_only', 'audit_event_no_truncate')) AS triggers
     FROM pg_class c WHERE c.oid = 'public.audit_event'::regclass`,
  );
  return row ?? { role: "unknown", mayRewrite: true, triggers: false };
}

export interface AuditMonthRow {
  month: string;
  events: number;
  sha256: string;
  chain: string;
  sealedAt: Date;
  file: string | null;
  droppedAt: Date | null;
}

/** Sealed months, oldest first. */
export function auditMonths(db: Database): Promise<AuditMonthRow[]> {
  return db.rows<AuditMonthRow>(
    `SELECT to_char(month, 'YYYY-MM-DD') AS month, events, sha256, chain, sealed_at AS "sealedAt", file, dropped_at AS "droppedAt"
       FROM audit_month ORDER BY month`,
  );
}

/**
 * Months, as 2026-10, whose events are no longer those that were sealed, or that have events and no seal although a later month has one (then `sealed`
 * is false). By number and last id: their hash is compared when they are exported.
 */
export const CHANGED_MONTHS_SQL = `
  WITH found AS (
    SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month, count(*) AS events, max(id) AS last_id FROM audit_event GROUP BY 1)
  SELECT to_char(month, 'YYYY-MM') AS month, m.events IS NOT NULL AS sealed FROM found f FULL JOIN audit_month m USING (month)
   WHERE CASE WHEN m.events IS NULL THEN month < (SELECT max(month) FROM audit_month)
              WHEN m.dropped_at IS NOT NULL THEN f.events IS NOT NULL
              ELSE (f.events, f.last_id) IS DISTINCT FROM (m.events::bigint, m.last_event_id) END
   ORDER BY 1`;

export async function changedAuditMonths(db: Database): Promise<string[]> {
  return (await db.rows<{ month: string }>(CHANGED_MONTHS_SQL)).map(({ month }) => month);
}
