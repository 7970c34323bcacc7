import type { z } from "zod";
import { makeKey } from "@/lib/auth/api-key";
import type { madeKey } from "@/lib/contracts/keys";
import { replaceKeySecret } from "@/lib/db/api-key-store";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { keyFacts, keyItemOf, personActing, requireKey } from "@/lib/services/key-record";

/**
 * Gives a key another secret and as many days again as it had at the beginning. Only whoever made it: the secret acts in his name. Errors: not-found,
 * forbidden, conflict for a revoked one.
 */
export async function rotateKey({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { id: string };
}): Promise<z.input<typeof madeKey>> {
  const person = personActing(ctx);
  const made = makeKey(input.id);
  const now = ctx.wall.now();
  const row = await ctx.db.transaction(async (tx) => {
    const before = await requireKey(tx, person, input.id);
    if (before.createdBy !== person.id) {
      throw new AppError("forbidden", "Only whoever made the key gets another secret. Revoke it, and make one.");
    }
    if (before.revokedAt) throw new AppError("conflict", "This key is revoked. Make another one.");
    const expiresAt = new Date(now.getTime() + before.lastsDays * 86_400_000);
    await replaceKeySecret(tx, before.id, { secretHash: made.hash, expiresAt });
    const after = await requireKey(tx, person, before.id);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "key.rotate",
      permission: null,
      subjectType: "key",
      subjectKey: after.name,
      before: keyFacts(before),
      after: keyFacts(after),
    });
    return after;
  });
  ctx.forgetActors();
  return { key: keyItemOf(row, person.id, now), secret: made.text };
}
