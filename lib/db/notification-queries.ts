import type { Database } from "@/lib/db/client";
import { CANNOT_SIGN_IN } from "@/lib/db/person-store";

/** Owner entities with their address, and the people who may sign in with the owners they belong to. */
export async function notificationDirectory(db: Database): Promise<{
  owners: { id: number; name: string; email: string | null }[];
  people: { id: string; name: string; email: string; role: string; ownerIds: number[] }[];
}> {
  const [owners, people] = [
    await db.rows<{ id: number; name: string; email: string | null }>(
      `SELECT id, display_name AS name, email FROM owner WHERE merged_into_id IS NULL ORDER BY id`,
    ),
    await db.rows<{ id: string; name: string; email: string; role: string; ownerIds: number[] }>(
      `SELECT p.id, p.name, p.email, p.role, ARRAY(SELECT o.owner_id FROM person_owner o WHERE o.person_id = p.id ORDER BY 1) AS "ownerIds"
         FROM person p WHERE NOT ${CANNOT_SIGN_IN} ORDER BY p.email`,
    ),
  ];
  return { owners, people };
}

/** Numbers of messages by state. */
export function countMessages(db: Database): Promise<{ state: string; count: number }[]> {
  return db.rows(`SELECT state, count(*)::int AS count FROM notification_message GROUP BY state ORDER BY state`);
}

export interface OutboxRow {
  id: string;
  channelId: number;
  channelName: string;
  channelKind: string;
  recipient: string;
  recipientName: string;
  delivery: string;
  state: string;
  severity: number;
  dueAt: Date;
  sentAt: Date | null;
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
  events: number;
  /** The worst event: { id, kind, severity, facts, findingId, ownerName } */
  first: unknown;
}

const OUTBOX = `
  SELECT m.id::text AS id, m.channel_id AS "channelId", c.name AS "channelName", c.kind AS "channelKind", m.recipient, m.recipient_name AS "recipientName",
         m.delivery, m.state, m.severity, m.due_at AS "dueAt", m.sent_at AS "sentAt", m.attempts, m.next_attempt_at AS "nextAttemptAt",
         m.last_error AS "lastError", (SELECT count(*)::int FROM notification_delivery d WHERE d.message_id = m.id) AS events,
         (SELECT jsonb_build_object('id', e.id::text, 'kind', e.kind, 'severity', e.severity, 'facts', e.facts,
                   'occurredAt', to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'findingId', e.finding_id,
                   'ownerName', o.display_name, 'reason', '')
            FROM notification_delivery d JOIN notification_event e ON e.id = d.event_id LEFT JOIN owner o ON o.id = e.owner_id
           WHERE d.message_id = m.id ORDER BY e.severity DESC, e.id LIMIT 1) AS first
    FROM notification_message m JOIN notification_channel c ON c.id = m.channel_id`;

/** States of messages by what the list is asked for; "failing" are those that an attempt has failed and that are tried again. */
const WHERE_STATE = `($1::text IS NULL OR (CASE WHEN $1::text = 'failing' THEN m.state = 'queued' AND m.attempts > 0 ELSE m.state = $1::text END))`;

/** Messages, the newest first, below an id. */
export function listOutbox(
  db: Database,
  { state, belowId, limit }: { state: string | null; belowId: string | null; limit: number },
): Promise<OutboxRow[]> {
  return db.rows<OutboxRow>(
    `${OUTBOX} WHERE ${WHERE_STATE} AND ($2::text IS NULL OR m.id < $2::text::bigint) ORDER BY m.id DESC LIMIT $3::int`,
    state,
    belowId,
    limit,
  );
}

export async function countOutbox(db: Database, state: string | null): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM notification_message m WHERE ${WHERE_STATE}`,
    state,
  );
  return row?.count ?? 0;
}

export async function findMessage(db: Database, id: string): Promise<OutboxRow | null> {
  const [row] = await db.rows<OutboxRow>(`${OUTBOX} WHERE m.id = $1::text::bigint`, id);
  return row ?? null;
}
