import type { OutboxMessage } from "@/lib/contracts/notifications";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { requeueMessage } from "@/lib/db/notification-outbox-store";
import { findMessage } from "@/lib/db/notification-queries";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { outboxMessageOf } from "@/lib/services/read/read-outbox";

/** Sends a message that was given up, or perhaps sent, once more, under its key. Errors: not-found, conflict for one in another state. */
export async function resendMessage({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<OutboxMessage> {
  const { id } = input;
  return ctx.db.transaction(async (tx) => {
    const before = /^\d{1,18}$/.test(id) ? await findMessage(tx, id) : null;
    if (!before) throw new AppError("not-found", `There is no message ${id}.`);
    if (!(await requeueMessage(tx, id, ctx.clock.now())))
      throw new AppError("conflict", "Only a message that was given up, or perhaps sent, can be sent again.");
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "notification.resend",
      permission: "notifications:write",
      subjectType: "notification",
      subjectKey: id,
      before: { state: before.state, error: before.lastError },
      after: { state: "queued" },
    });
    await ctx.queue.add("send-notifications", {}, { key: "send-notifications", lane: "notifications", within: tx });
    const after = await findMessage(tx, id);
    if (!after) throw new AppError("internal", "a message that was just changed is not there");
    return outboxMessageOf(after);
  });
}
