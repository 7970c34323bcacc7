import type { KeyItem } from "@/lib/contracts/keys";
import { revokeApiKey } from "@/lib/db/api-key-store";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { keyFacts, keyItemOf, personActing, requireKey } from "@/lib/services/key-record";

/** Ends a key for good: one's own, or anybody's with keys:manage. It is refused at once here and within seconds everywhere. Errors: not-found. */
export async function revokeKey({ ctx, input }: { ctx: WebCtx; input: { id: string } }): Promise<KeyItem> {
  const person = personActing(ctx);
  const now = ctx.wall.now();
  const row = await ctx.db.transaction(async (tx) => {
    const before = await requireKey(tx, person, input.id);
    if (before.revokedAt) return before;
    await revokeApiKey(tx, before.id, person.name, now);
    const after = await requireKey(tx, person, before.id);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "key.revoke",
      permission: before.createdBy === person.id ? null : "keys:manage",
      subjectType: "key",
      subjectKey: after.name,
      before: keyFacts(before),
      after: keyFacts(after),
    });
    return after;
  });
  ctx.forgetActors();
  return keyItemOf(row, person.id, now);
}
