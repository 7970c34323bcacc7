import { removeChannelRow } from "@/lib/db/notification-channel-store";
import { giveUpChannel } from "@/lib/db/notification-outbox-store";
import { auditChannel, requireChannel } from "@/lib/services/channel-record";
import type { Ctx } from "@/lib/services/ctx";

/** Removes a channel and its secrets; what waits for it is given up, what was sent stays in the outbox. Errors: not-found. */
export async function removeChannel({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ removed: true }> {
  await ctx.db.transaction(async (tx) => {
    const before = await requireChannel(tx, input.id);
    await giveUpChannel(tx, before.id);
    await removeChannelRow(tx, before.id, { at: ctx.clock.now(), actor: ctx.actor.name });
    await auditChannel(ctx, tx, "remove", before, null);
  });
  return { removed: true };
}
