import type { z } from "zod";
import type { NotificationRuleItem, ruleInput } from "@/lib/contracts/notifications";
import { loadChannels, saveNotificationRule as saveRow } from "@/lib/db/notification-channel-store";
import { AppError } from "@/lib/domain/errors";
import { severityRank } from "@/lib/domain/finding";
import type { Ctx } from "@/lib/services/ctx";
import {
  auditNotificationRule,
  notificationRuleOf,
  requireNotificationRule,
} from "@/lib/services/notification-rule-record";

/** Adds a routing rule (`id` null) or changes one. What was routed before stays as it was. Errors: not-found, invalid-input for a channel that is not there. */
export async function saveNotificationRule({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string | null; rule: z.output<typeof ruleInput> };
}): Promise<NotificationRuleItem> {
  const { leastSeverity, ...rule } = input.rule;
  const row = await ctx.db.transaction(async (tx) => {
    const before = input.id === null ? null : await requireNotificationRule(tx, input.id);
    const there = new Set((await loadChannels(tx)).map(({ id }) => id));
    const missing = rule.channelIds.find((id) => !there.has(id));
    if (missing !== undefined)
      throw new AppError("invalid-input", `There is no channel ${missing}.`, { details: { field: "channelIds" } });
    const id = await saveRow(
      tx,
      before?.id ?? null,
      { ...rule, leastSeverity: severityRank(leastSeverity) },
      { at: ctx.clock.now(), actor: ctx.actor.name },
    );
    const after = await requireNotificationRule(tx, String(id));
    await auditNotificationRule(ctx, tx, before ? "change" : "create", before, after);
    return after;
  });
  return notificationRuleOf(row);
}
