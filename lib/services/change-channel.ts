import { z } from "zod";
import type { ChannelItem, channelPatch } from "@/lib/contracts/notifications";
import { type ChannelRow, updateChannel } from "@/lib/db/notification-channel-store";
import { AppError } from "@/lib/domain/errors";
import {
  auditChannel,
  changedSecrets,
  channelItemOf,
  kindOf,
  parseChannelSettings,
  requireChannel,
} from "@/lib/services/channel-record";
import type { WebCtx } from "@/lib/services/ctx";

/** Changes a channel; secrets that are left out stay as they are. Errors: not-found, invalid-input. */
export async function changeChannel({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { id: string; change: z.output<typeof channelPatch> };
}): Promise<ChannelItem> {
  const { change } = input;
  const row = await ctx.db.transaction(async (tx) => {
    const before = await requireChannel(tx, input.id);
    const kind = kindOf(before);
    const settings = change.settings ? parseChannelSettings(kind, change.settings) : null;
    if (settings && !change.secrets?.password) assertNotMoved(before, settings);
    const facts = {
      name: change.name ?? before.name,
      enabled: change.enabled ?? before.enabled,
      settings: settings ?? before.settings,
      secrets: changedSecrets(ctx.auth.derive, { id: before.id, kind }, before.secrets, change.secrets ?? {}),
    };
    await updateChannel(tx, before.id, facts, { at: ctx.clock.now(), actor: ctx.actor.name });
    const after = await requireChannel(tx, input.id);
    await auditChannel(ctx, tx, "change", before, after);
    await ctx.queue.add("notify", {}, { key: "notify", within: tx });
    return after;
  });
  return channelItemOf(row);
}

/** A stored password goes only where it was given for: another server, port or encryption needs it anew. */
function assertNotMoved(before: ChannelRow, settings: Readonly<Record<string, unknown>>): void {
  const stored = z.looseObject({}).parse(before.settings);
  const moved = ["host", "port", "security"].find((field) => field in stored && stored[field] !== settings[field]);
  if (moved && channelItemOf(before).secrets.password)
    throw new AppError("invalid-input", "Give the password again: it was stored for another server.", {
      details: { field: "secrets.password" },
    });
}
