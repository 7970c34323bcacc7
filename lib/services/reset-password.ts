import type { z } from "zod";
import type { oneTimePassword } from "@/lib/contracts/people";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { endSessions, savePassword } from "@/lib/db/person-store";
import { clearAttempts } from "@/lib/db/sign-in-attempt-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { makeOneTimePassword, personItemOf, requirePerson } from "@/lib/services/person-record";

/**
 * Gives a person a password that is told once and has to be replaced at the next sign-in; his sessions end, and too many attempts are forgiven.
 * Errors: not-found, conflict for somebody who signs in by single sign-on.
 */
export async function resetPassword({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { id: string };
}): Promise<z.input<typeof oneTimePassword>> {
  const password = makeOneTimePassword();
  const hash = await ctx.auth.hashPassword(password);
  const now = ctx.wall.now();
  const person = await ctx.db.transaction(async (tx) => {
    const { id, email, issuer } = await requirePerson(ctx, tx, input.id);
    if (issuer !== null)
      throw new AppError("conflict", "This person signs in by single sign-on and has no password here.");
    await savePassword(tx, id, { hash, mustChange: true }, now);
    const ended = await endSessions(tx, id);
    await clearAttempts(tx, `account:${email}`, new Date(0));
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "person.password-reset",
      permission: "people:write",
      subjectType: "person",
      subjectKey: email,
      before: null,
      after: { sessionsEnded: ended },
    });
    return requirePerson(ctx, tx, id);
  });
  ctx.forgetActors();
  return { person: personItemOf(person), password };
}
