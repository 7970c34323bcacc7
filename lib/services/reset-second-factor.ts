import type { PersonItem } from "@/lib/contracts/people";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { endSessions, removeSecondFactor } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { personItemOf, requirePerson } from "@/lib/services/person-record";

/** Takes away the second factor of somebody who lost it; his sessions end. Errors: not-found, conflict where there is none. */
export async function resetSecondFactor({ ctx, input }: { ctx: WebCtx; input: { id: string } }): Promise<PersonItem> {
  const person = await ctx.db.transaction(async (tx) => {
    const { id, email, secondFactor } = await requirePerson(ctx, tx, input.id);
    if (!secondFactor) throw new AppError("conflict", "This person signs in without a code.");
    await removeSecondFactor(tx, id);
    const ended = await endSessions(tx, id);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "person.second-factor-reset",
      permission: "people:write",
      subjectType: "person",
      subjectKey: email,
      before: { secondFactor: true },
      after: { secondFactor: false, sessionsEnded: ended },
    });
    return requirePerson(ctx, tx, id);
  });
  ctx.forgetActors();
  return personItemOf(person);
}
