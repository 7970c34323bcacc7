import { appendAuditEvent, type NewAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";

/** What a change of the reference data did, for the audit. */
type ReferenceChange = Pick<NewAuditEvent, "action" | "permission" | "subjectType" | "subjectKey" | "before" | "after">;

/**
 * Makes a change of the reference data in one transaction with its audit event. Figures that rest on it are computed anew, and every finding is
 * evaluated again unless `reason` is null (the change decides nothing).
 */
export async function changeReference<T>(
  ctx: Ctx,
  reason: string | null,
  change: (tx: Database, by: { at: Date; actor: string }) => Promise<{ result: T; audit: ReferenceChange }>,
): Promise<T> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const { result, audit } = await change(tx, { at, actor: ctx.actor.name });
    await appendAuditEvent(tx, { ...auditedBy(ctx), ...audit });
    await bumpDataVersions(tx, "settings", "fleet");
    if (reason !== null) await ctx.queue.add("evaluate", { reason }, { key: "evaluate", within: tx });
    return result;
  });
}
