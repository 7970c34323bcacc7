import type { z } from "zod";
import type { ChannelItem, channelInput } from "@/lib/contracts/notifications";
import { insertChannel, updateChannel } from "@/lib/db/notification-channel-store";
import {
  auditChannel,
  changedSecrets,
  channelItemOf,
  parseChannelSettings,
  requireChannel,
} from "@/lib/services/channel-record";
import type { WebCtx } from "@/lib/services/ctx";

/** Adds a channel of notifications. Its secrets are sealed or named, and told to nobody. Errors: invalid-input. */
export async function createChannel({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof channelInput>;
}): Promise<ChannelItem> {
  const { kind, name, secrets } = input;
  const settings = parseChannelSettings(kind, input.settings);
  const by = { at: ctx.clock.now(), actor: ctx.actor.name };
  const row = await ctx.db.transaction(async (tx) => {
    const id = await insertChannel(tx, { kind, name, settings }, by);
    const kept = changedSecrets(ctx.auth.derive, { id, kind }, {}, secrets);
    await updateChannel(tx, id, { name, enabled: true, settings, secrets: kept }, by);
    const made = await requireChannel(tx, String(id));
    await auditChannel(ctx, tx, "create", null, made);
    await ctx.queue.add("notify", {}, { key: "notify", within: tx });
    return made;
  });
  return channelItemOf(row);
}
