import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

/** A message to be put into the outbox, with the events it takes up. */
export interface NewMessage {
  channelId: number;
  recipient: string;
  recipientName: string;
  personId: string | null;
  batchKey: string;
  delivery: string;
  severity: number;
  dueAt: Date;
  events: readonly { eventId: string; reason: string }[];
}

const keyOf = ({ channelId, recipient, batchKey }: Pick<NewMessage, "channelId" | "recipient" | "batchKey">): string =>
  `${channelId}|${recipient}|${batchKey}`;

/**
 * Puts messages into the outbox. One that waits already under the same batch takes the events up; where it has left meanwhile they go as one of their own,
 * due now. An event that the recipient of a channel was given before is left out.
 */
export async function addMessages(tx: Database, messages: readonly NewMessage[], at: Date): Promise<void> {
  const ids = await upsertMessages(tx, messages, at);
  const late = messages
    .filter((message) => !ids.has(keyOf(message)))
    .map((message) => ({ ...message, batchKey: `${message.batchKey}:${message.events[0]?.eventId ?? ""}`, dueAt: at }));
  const lateIds = late.length > 0 ? await upsertMessages(tx, late, at) : new Map<string, string>();
  const deliveries = [...messages.filter((message) => ids.has(keyOf(message))), ...late].flatMap((message) => {
    const messageId = ids.get(keyOf(message)) ?? lateIds.get(keyOf(message));
    return message.events.map(({ eventId, reason }) => ({
      eventId,
      reason,
      messageId,
      channelId: message.channelId,
      recipient: message.recipient,
    }));
  });
  await tx.execute(
    `INSERT INTO notification_delivery (event_id, channel_id, recipient, message_id, reason)
     SELECT "eventId"::bigint, "channelId", recipient, "messageId"::bigint, reason
       FROM jsonb_to_recordset($1::jsonb) AS d("eventId" text, "channelId" int, recipient text, "messageId" text, reason text)
     ON CONFLICT DO NOTHING`,
    toJsonb(deliveries),
  );
}

async function upsertMessages(
  tx: Database,
  messages: readonly NewMessage[],
  at: Date,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<{ id: string; channelId: number; recipient: string; batchKey: string }>(
    `INSERT INTO notification_message (channel_id, recipient, recipient_name, person_id, batch_key, delivery, severity, due_at, idempotency_key, created_at)
     SELECT "channelId", recipient, "recipientName", "personId", "batchKey", delivery, severity, "dueAt", gen_random_uuid()::text, $2
       FROM jsonb_to_recordset($1::jsonb) AS m("channelId" int, recipient text, "recipientName" text, "personId" text, "batchKey" text, delivery text,
         severity int, "dueAt" timestamptz)
      ORDER BY "channelId", recipient, "batchKey"
     ON CONFLICT (channel_id, recipient, batch_key) DO UPDATE SET severity = GREATEST(notification_message.severity, EXCLUDED.severity)
        WHERE notification_message.state = 'queued' AND notification_message.attempts = 0
     RETURNING id::text AS id, channel_id AS "channelId", recipient, batch_key AS "batchKey"`,
    toJsonb(messages.map(({ events: _, ...message }) => message)),
    at,
  );
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

/** A message that a worker has taken, with all it is made of. */
export interface ClaimedMessage {
  id: string;
  channelId: number;
  recipient: string;
  recipientName: string;
  personId: string | null;
  delivery: string;
  attempts: number;
  idempotencyKey: string;
  /** [{ id, kind, severity, facts, occurredAt, findingId, ownerName, reason }], the worst first */
  events: unknown;
}

/** What came of a message that was claimed. */
export interface Finish {
  id: string;
  state: "sent" | "queued" | "unconfirmed" | "dead";
  error: string | null;
  /** Wall time. */
  nextAttemptAt: Date | null;
}

/**
 * Writes down what came of the last message and takes the next one that is due, by one statement that is committed before anything is sent: whoever is
 * killed has one message in his hands. What another claimed meanwhile stays as it is.
 */
export async function finishAndClaim(
  db: Database,
  {
    finished,
    claim,
    now,
    wallNow,
    withoutChannels,
  }: { finished: Finish | null; claim: string; now: Date; wallNow: Date; withoutChannels: readonly number[] },
): Promise<ClaimedMessage | null> {
  const [row] = await db.rows<ClaimedMessage>(
    `WITH done AS (
       UPDATE notification_message SET state = $2::text, last_error = $3::text, next_attempt_at = $4::timestamptz, claimed_at = NULL,
              sent_at = CASE WHEN $2::text = 'sent' THEN $6::timestamptz END
        WHERE id = $1::text::bigint AND claim = $5::text AND state IN ('sending', 'unconfirmed') RETURNING id),
     next AS (
       UPDATE notification_message SET state = 'sending', claim = $5::text, claimed_at = $7::timestamptz, attempts = attempts + 1
        WHERE id = (SELECT m.id FROM notification_message m
                     WHERE m.state = 'queued' AND m.due_at <= $6::timestamptz AND (m.next_attempt_at IS NULL OR m.next_attempt_at <= $7::timestamptz)
                       AND m.channel_id <> ALL($8::int[]) AND (SELECT c.enabled AND c.removed_at IS NULL FROM notification_channel c WHERE c.id = m.channel_id)
                     ORDER BY m.due_at, m.id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, channel_id, recipient, recipient_name, person_id, delivery, attempts, idempotency_key)
     SELECT n.id::text AS id, n.channel_id AS "channelId", n.recipient, n.recipient_name AS "recipientName", n.person_id AS "personId", n.delivery,
            n.attempts, n.idempotency_key AS "idempotencyKey",
            COALESCE((SELECT jsonb_agg(jsonb_build_object('id', e.id::text, 'kind', e.kind, 'severity', e.severity, 'facts', e.facts,
                        'occurredAt', to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'findingId', e.finding_id,
                        'ownerName', o.display_name, 'reason', d.reason) ORDER BY e.severity DESC, e.id)
               FROM notification_delivery d JOIN notification_event e ON e.id = d.event_id LEFT JOIN owner o ON o.id = e.owner_id
              WHERE d.message_id = n.id), '[]') AS events
       FROM next n`,
    finished?.id ?? "0",
    finished?.state ?? "",
    finished?.error ?? null,
    finished?.nextAttemptAt ?? null,
    claim,
    now,
    wallNow,
    [...withoutChannels],
  );
  return row ?? null;
}

/**
 * Puts right what a worker left that was killed while it sent: only the caller may be sending now. By channels whose receivers drop a repeated key it goes
 * again; by the others it is perhaps sent, which people are shown. Returns how many of each.
 */
export async function resolveClaimed(
  db: Database,
  { recognisingKinds, notClaim }: { recognisingKinds: readonly string[]; notClaim: string },
): Promise<{ again: number; unconfirmed: number }> {
  const again = await db.execute(
    `UPDATE notification_message m SET state = 'queued', claimed_at = NULL, next_attempt_at = NULL FROM notification_channel c
      WHERE c.id = m.channel_id AND m.state = 'sending' AND m.claim IS DISTINCT FROM $2 AND c.kind = ANY($1::text[])`,
    [...recognisingKinds],
    notClaim,
  );
  const unconfirmed = await db.execute(
    `UPDATE notification_message SET state = 'unconfirmed', claimed_at = NULL, last_error = $2
      WHERE state = 'sending' AND claim IS DISTINCT FROM $1`,
    notClaim,
    "The program was stopped while this was being sent: perhaps it arrived.",
  );
  return { again, unconfirmed };
}

/** Whether a message is due now. */
export async function anyDue(db: Database, { now, wallNow }: { now: Date; wallNow: Date }): Promise<boolean> {
  const rows = await db.rows(
    `SELECT 1 FROM notification_message m JOIN notification_channel c ON c.id = m.channel_id AND c.enabled AND c.removed_at IS NULL
      WHERE m.state = 'queued' AND m.due_at <= $1 AND (m.next_attempt_at IS NULL OR m.next_attempt_at <= $2) LIMIT 1`,
    now,
    wallNow,
  );
  return rows.length > 0;
}

/** Puts a message that was given up, or perhaps sent, in line again. False where it is neither. */
export async function requeueMessage(tx: Database, id: string, now: Date): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE notification_message SET state = 'queued', attempts = 0, next_attempt_at = NULL, last_error = NULL, claim = NULL, due_at = LEAST(due_at, $2::timestamptz)
      WHERE id = $1::text::bigint AND state IN ('dead', 'unconfirmed')`,
    id,
    now,
  );
  return changed > 0;
}

/**
 * Forgets messages that ended before an instant, with the deliveries they were made of. The events stay, so that nobody is told of them again. Returns how
 * many were forgotten.
 */
export async function forgetMessages(tx: Database, before: Date): Promise<number> {
  return tx.execute(
    `DELETE FROM notification_message WHERE state IN ('sent', 'dead', 'unconfirmed') AND due_at < $1::timestamptz AND created_at < $1::timestamptz`,
    before,
  );
}

/** Gives up what waits for a channel that is removed. */
export async function giveUpChannel(tx: Database, channelId: number): Promise<number> {
  return tx.execute(
    `UPDATE notification_message SET state = 'dead', last_error = 'The channel was removed.' WHERE channel_id = $1 AND state = 'queued'`,
    channelId,
  );
}
