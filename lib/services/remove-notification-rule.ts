import { deleteNotificationRule } from "@/lib/db/notification-channel-store";
import type { Ctx } from "@/lib/services/ctx";
import { auditNotificationRule, requireNotificationRule } from "@/lib/services/notification-rule-record";

/** Removes a routing rule; what it routed before is still sent. Errors: not-found. */
export async function removeNotificationRule({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string };
}): Promise<{ removed: true }> {
  await ctx.db.transaction(async (tx) => {
    const before = await requireNotificationRule(tx, input.id);
    await deleteNotificationRule(tx, before.id);
    await auditNotificationRule(ctx, tx, "remove", before, null);
  });
  return { removed: true };
}
