import { appendAuditEvent } from "@/lib/db/audit-store";
import { endSessions } from "@/lib/db/person-store";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { requirePerson } from "@/lib/services/person-record";

/** Ends every session of a person, at once here and within seconds everywhere. Errors: not-found. */
export async function revokeSessions({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { id: string };
}): Promise<{ ended: number }> {
  const ended = await ctx.db.transaction(async (tx) => {
    const person = await requirePerson(ctx, tx, input.id);
    const count = await endSessions(tx, person.id);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "person.sessions-revoke",
      permission: "people:write",
      subjectType: "person",
      subjectKey: person.email,
      before: { sessions: count },
      after: { sessions: 0 },
    });
    return count;
  });
  ctx.forgetActors();
  return { ended };
}
