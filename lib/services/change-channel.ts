import type { z } from "zod";
import type { ChannelItem, channelPatch } from "@/lib/contracts/notifications";
import { updateChannel } from "@/lib/db/notification-channel-store";
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
    const facts = {
      name: change.name ?? before.name,
      enabled: change.enabled ?? before.enabled,
      settings: change.settings ? parseChannelSettings(kind, change.settings) : before.settings,
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
