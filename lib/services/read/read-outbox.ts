import { z } from "zod";
import { CHANNEL_KIND_IDS, type OutboxMessage, type OutboxPage, type OutboxQuery } from "@/lib/contracts/notifications";
import { countOutbox, listOutbox, type OutboxRow } from "@/lib/db/notification-queries";
import { severityOfRank } from "@/lib/domain/finding";
import { DELIVERIES, MESSAGE_STATES } from "@/lib/domain/notification";
import { wordsOf } from "@/lib/notifications/message/wording";
import type { Ctx } from "@/lib/services/ctx";
import { notificationEventOf } from "@/lib/services/notification-event";

/** Messages, the newest first. */
export async function readOutbox({ ctx, input }: { ctx: Ctx; input: OutboxQuery }): Promise<OutboxPage> {
  const state = input.state ?? null;
  const cursor = input.cursor && /^\d{1,18}$/.test(input.cursor) ? input.cursor : null;
  const [rows, total] = await Promise.all([
    listOutbox(ctx.db, { state, belowId: cursor, limit: input.limit + 1 }),
    countOutbox(ctx.db, state),
  ]);
  const page = rows.slice(0, input.limit);
  return {
    items: page.map(outboxMessageOf),
    total,
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
    asOf: ctx.clock.now().toISOString(),
  };
}

/** Of a title, where many messages are listed. */
const MOST_CHARACTERS = 140;

const shortened = (words: string): string =>
  words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS - 1).trimEnd()}…` : words;

const checked = z.object({
  kind: z.enum(CHANNEL_KIND_IDS),
  delivery: z.enum(DELIVERIES),
  state: z.enum(MESSAGE_STATES),
});

/** A message as the outbox shows it; the address of a webhook is no part of it. */
export function outboxMessageOf(row: OutboxRow): OutboxMessage {
  const { kind, delivery, state } = checked.parse({ kind: row.channelKind, delivery: row.delivery, state: row.state });
  return {
    id: row.id,
    channel: { id: row.channelId, name: row.channelName, kind },
    recipient: row.recipient,
    recipientName: row.recipientName,
    delivery,
    state,
    severity: severityOfRank(row.severity) ?? "low",
    events: row.events,
    first: row.first === null ? "" : shortened(wordsOf(notificationEventOf(row.first)).title),
    dueAt: row.dueAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastError: row.lastError,
  };
}
