import type { z } from "zod";
import type { passwordChange } from "@/lib/contracts/people";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { endSessions, passwordHashOf, savePassword } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { requireStrongPassword } from "@/lib/services/require-strong-password";
import { forgetAttempts, limitAttempts } from "@/lib/services/sign-in-limits";

/**
 * A person chooses another password of his own; all his other sessions end. Errors: invalid-input for a wrong present password, a weak or an
 * unchanged new one; rate-limited.
 */
export async function changePassword({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof passwordChange>;
}): Promise<{ changed: true }> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new AppError("unauthenticated", "Sign in first.");
  await limitAttempts(ctx, actor.name);
  const present = await passwordHashOf(ctx.db, actor.id);
  if (present === null || !(await ctx.auth.verifyPassword(input.current, present))) {
    throw new AppError("invalid-input", "This is not your present password.", { details: { field: "current" } });
  }
  if (input.next === input.current) {
    throw new AppError("invalid-input", "Choose another password than the present one.", {
      details: { field: "next" },
    });
  }
  requireStrongPassword(input.next, { name: actor.displayName, email: actor.name }, "next");
  const hash = await ctx.auth.hashPassword(input.next);
  await ctx.db.transaction(async (tx) => {
    await savePassword(tx, actor.id, { hash, mustChange: false }, ctx.wall.now());
    const ended = await endSessions(tx, actor.id, actor.sessionId);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "person.password-change",
      permission: null,
      subjectType: "person",
      subjectKey: actor.name,
      before: null,
      after: { otherSessionsEnded: ended },
    });
  });
  await forgetAttempts(ctx, actor.name);
  ctx.forgetActors();
  return { changed: true };
}
