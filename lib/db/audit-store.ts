import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

/** A change made by a person or the product, as it is recorded. */
export interface NewAuditEvent {
  at: Date;
  /** Stable name of whoever acts: a person's e-mail address, `system:sync`. */
  actor: string;
  /** Id of the person; absent for the product itself. */
  personId?: string | null;
  /** Network address the person asked from. */
  remote?: string | null;
  /** e.g. account.connect, settings.update, sync.start */
  action: string;
  permission: string | null;
  subjectType: string;
  subjectKey: string;
  before: unknown;
  after: unknown;
  requestId: string | null;
}

/** Appends audit events in their order by one statement, in the transaction of the changes they record. */
export async function appendAuditEvents(db: Database, events: readonly NewAuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.execute(
    `INSERT INTO audit_event (at, actor, action, permission, subject_type, subject_key, before, after, request_id, person_id, remote)
     SELECT at, actor, action, permission, "subjectType", "subjectKey", NULLIF(before, 'null'::jsonb), NULLIF(after, 'null'::jsonb), "requestId", "personId", remote
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (at timestamptz, actor text, action text, permission text, "subjectType" text, "subjectKey" text,
       before jsonb, after jsonb, "requestId" text, "personId" text, remote text))
       WITH ORDINALITY AS n(at, actor, action, permission, "subjectType", "subjectKey", before, after, "requestId", "personId", remote, place) ORDER BY place`,
    toJsonb(events),
  );
}

/** Appends an audit event, in the transaction of the change it records. */
export async function appendAuditEvent(db: Database, event: NewAuditEvent): Promise<void> {
  await db.execute(
    `INSERT INTO audit_event (at, actor, action, permission, subject_type, subject_key, before, after, request_id, person_id, remote)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10, $11)`,
    event.at,
    event.actor,
    event.action,
    event.permission,
    event.subjectType,
    event.subjectKey,
    jsonOrNull(event.before),
    jsonOrNull(event.after),
    event.requestId,
    event.personId ?? null,
    event.remote ?? null,
  );
}

function jsonOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
