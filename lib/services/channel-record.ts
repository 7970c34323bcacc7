import { z } from "zod";
import { CHANNEL_KINDS, type ChannelItem, type ChannelKind, isChannelKind } from "@/lib/contracts/notifications";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { type ChannelRow, findChannel } from "@/lib/db/notification-channel-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { type Derive, keepSecret, keptSecretsOf } from "@/lib/services/notification-secrets";

const storedSettings = z.record(z.string(), z.union([z.string(), z.number()]));

/** A channel as people are shown it: where its secrets are, never what they are. */
export function channelItemOf(row: ChannelRow): ChannelItem {
  return {
    id: row.id,
    kind: kindOf(row),
    name: row.name,
    enabled: row.enabled,
    settings: storedSettings.parse(row.settings),
    secrets: Object.fromEntries(
      Object.entries(keptSecretsOf(row.secrets)).map(([field, kept]) => [
        field,
        "variable" in kept
          ? { from: "variable" as const, variable: kept.variable }
          : { from: "stored" as const, variable: null },
      ]),
    ),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
    lastSentAt: row.lastSentAt?.toISOString() ?? null,
  };
}

/** The kind of a stored channel. Errors: internal for one of another version of the program. */
export function kindOf({ kind }: Pick<ChannelRow, "kind">): ChannelKind {
  if (isChannelKind(kind)) return kind;
  throw new AppError("internal", `there is no kind of channel ${kind}`);
}

/** A channel by the id of an address. Errors: not-found. */
export async function requireChannel(db: Database, id: string): Promise<ChannelRow> {
  const row = /^\d{1,9}$/.test(id) ? await findChannel(db, Number(id)) : null;
  if (!row) throw new AppError("not-found", `There is no channel ${id}.`);
  return row;
}

/** Settings in the shape of their kind. Errors: invalid-input with the field. */
export function parseChannelSettings(kind: ChannelKind, settings: unknown): Record<string, unknown> {
  const parsed = CHANNEL_KINDS[kind].settings.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "settings";
  throw new AppError("invalid-input", `${field || "The settings"}: ${issue?.message ?? "not understood"}`, {
    details: { field: `settings.${field}` },
  });
}

/**
 * The secrets as they are kept after a change: given ones replace, others stay. Errors: invalid-input for one that the kind has not, one that is no https
 * address where it must be, or one that is missing.
 */
export function changedSecrets(
  derive: Derive,
  { id, kind }: { id: number; kind: ChannelKind },
  stored: unknown,
  given: Readonly<Record<string, { value: string } | { variable: string } | undefined>>,
): Record<string, unknown> {
  const known: readonly string[] = CHANNEL_KINDS[kind].secrets;
  const kept: Record<string, unknown> = { ...keptSecretsOf(stored) };
  for (const [field, secret] of Object.entries(given)) {
    if (secret === undefined) continue;
    if (!known.includes(field))
      throw new AppError("invalid-input", `This kind of channel has no ${field}.`, { details: { field } });
    if (
      field === "url" &&
      "value" in secret &&
      !(URL.canParse(secret.value) && /^https?:$/.test(new URL(secret.value).protocol))
    )
      throw new AppError("invalid-input", "The webhook's address must begin with https:// or http://.", {
        details: { field },
      });
    kept[field] = keepSecret(derive, id, field, secret);
  }
  if (known.includes("url") && kept.url === undefined)
    throw new AppError("invalid-input", "The webhook's address is missing.", { details: { field: "url" } });
  return kept;
}

/** Records a change of a channel; secrets as where they are kept. */
export function auditChannel(
  ctx: Ctx,
  tx: Database,
  action: "create" | "change" | "remove",
  before: ChannelRow | null,
  after: ChannelRow | null,
): Promise<void> {
  const facts = (row: ChannelRow | null) => {
    if (!row) return null;
    const { kind, name, enabled, settings, secrets } = channelItemOf(row);
    return { kind, name, enabled, settings, secrets };
  };
  return appendAuditEvent(tx, {
    ...auditedBy(ctx),
    action: `notification-channel.${action}`,
    permission: "notifications:write",
    subjectType: "notification-channel",
    subjectKey: String(after?.id ?? before?.id ?? ""),
    before: facts(before),
    after: facts(after),
  });
}
