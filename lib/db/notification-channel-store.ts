import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

/** A channel as it is stored; the caller checks the shape of settings and secrets. */
export interface ChannelRow {
  id: number;
  kind: string;
  name: string;
  enabled: boolean;
  settings: unknown;
  secrets: unknown;
  updatedAt: Date;
  updatedBy: string;
  lastSentAt: Date | null;
}

const CHANNELS = `SELECT c.id, c.kind, c.name, c.enabled, c.settings, c.secrets, c.updated_at AS "updatedAt", c.updated_by AS "updatedBy",
    (SELECT max(m.sent_at) FROM notification_message m WHERE m.channel_id = c.id) AS "lastSentAt"
  FROM notification_channel c WHERE c.removed_at IS NULL`;

/** Every channel but those removed, by name. */
export function loadChannels(db: Database): Promise<ChannelRow[]> {
  return db.rows<ChannelRow>(`${CHANNELS} ORDER BY lower(c.name), c.id`);
}

export async function findChannel(db: Database, id: number): Promise<ChannelRow | null> {
  const [row] = await db.rows<ChannelRow>(`${CHANNELS} AND c.id = $1::int`, id);
  return row ?? null;
}

export type ChannelFacts = Pick<ChannelRow, "name" | "enabled" | "settings" | "secrets">;

/** Adds a channel and returns its id. Its secrets are written once the id is known, because they are sealed to it. */
export async function insertChannel(
  tx: Database,
  channel: { kind: string; name: string; settings: unknown },
  by: { at: Date; actor: string },
): Promise<number> {
  const [row] = await tx.rows<{ id: number }>(
    `INSERT INTO notification_channel (kind, name, settings, created_at, updated_at, updated_by) VALUES ($1, $2, $3::jsonb, $4, $4, $5) RETURNING id`,
    channel.kind,
    channel.name,
    toJsonb(channel.settings),
    by.at,
    by.actor,
  );
  return row?.id ?? 0;
}

export async function updateChannel(
  tx: Database,
  id: number,
  facts: ChannelFacts,
  by: { at: Date; actor: string },
): Promise<void> {
  await tx.execute(
    `UPDATE notification_channel SET name = $2, enabled = $3, settings = $4::jsonb, secrets = $5::jsonb, updated_at = $6, updated_by = $7 WHERE id = $1::int`,
    id,
    facts.name,
    facts.enabled,
    toJsonb(facts.settings),
    toJsonb(facts.secrets),
    by.at,
    by.actor,
  );
}

/** Takes a channel out; its messages keep naming it, its secrets are gone. */
export async function removeChannelRow(tx: Database, id: number, by: { at: Date; actor: string }): Promise<void> {
  await tx.execute(
    `UPDATE notification_channel SET removed_at = $2, secrets = '{}', updated_at = $2, updated_by = $3 WHERE id = $1::int`,
    id,
    by.at,
    by.actor,
  );
  await tx.execute(
    `UPDATE notification_rule SET channel_ids = array_remove(channel_ids, $1::int) WHERE $1::int = ANY(channel_ids)`,
    id,
  );
}

export interface NotificationRuleRow {
  id: number;
  name: string;
  enabled: boolean;
  kinds: string[];
  leastSeverity: number;
  audiences: string[];
  delivery: string;
  channelIds: number[];
  updatedAt: Date;
  updatedBy: string;
}

const RULES = `SELECT id, name, enabled, kinds, least_severity AS "leastSeverity", audiences, delivery, channel_ids AS "channelIds",
    updated_at AS "updatedAt", updated_by AS "updatedBy" FROM notification_rule`;

export function loadNotificationRules(db: Database): Promise<NotificationRuleRow[]> {
  return db.rows<NotificationRuleRow>(`${RULES} ORDER BY id`);
}

export async function findNotificationRule(db: Database, id: number): Promise<NotificationRuleRow | null> {
  const [row] = await db.rows<NotificationRuleRow>(`${RULES} WHERE id = $1::int`, id);
  return row ?? null;
}

export type NotificationRuleFacts = Omit<NotificationRuleRow, "id" | "updatedAt" | "updatedBy">;

/** Writes a rule; without an id it is a new one. Returns its id. */
export async function saveNotificationRule(
  tx: Database,
  id: number | null,
  rule: NotificationRuleFacts,
  by: { at: Date; actor: string },
): Promise<number> {
  const values = [
    rule.name,
    rule.enabled,
    rule.kinds,
    rule.leastSeverity,
    rule.audiences,
    rule.delivery,
    rule.channelIds,
    by.at,
    by.actor,
  ];
  const [row] =
    id === null
      ? await tx.rows<{ id: number }>(
          `INSERT INTO notification_rule (name, enabled, kinds, least_severity, audiences, delivery, channel_ids, updated_at, updated_by)
           VALUES ($1, $2, $3::text[], $4::int, $5::text[], $6, $7::int[], $8, $9) RETURNING id`,
          ...values,
        )
      : await tx.rows<{ id: number }>(
          `UPDATE notification_rule SET name = $1, enabled = $2, kinds = $3::text[], least_severity = $4::int, audiences = $5::text[], delivery = $6,
                  channel_ids = $7::int[], updated_at = $8, updated_by = $9 WHERE id = $10::int RETURNING id`,
          ...values,
          id,
        );
  return row?.id ?? 0;
}

export async function deleteNotificationRule(tx: Database, id: number): Promise<void> {
  await tx.execute(`DELETE FROM notification_rule WHERE id = $1::int`, id);
}
