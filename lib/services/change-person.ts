import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { PersonItem, personPatch } from "@/lib/contracts/people";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { endSessions, lockPeople, otherAdministrators, updatePerson } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { personFacts, personItemOf, requireOwnerIds, requirePerson } from "@/lib/services/person-record";

/**
 * Changes a person's name, role, owner entities, or whether he may sign in; disabling ends his sessions. Errors: not-found, invalid-input, conflict for
 * whatever would leave no administrator who can sign in.
 */
export async function changePerson({
  ctx,
  input: { id, ...patch },
}: {
  ctx: WebCtx;
  input: { id: string } & z.output<typeof personPatch>;
}): Promise<PersonItem> {
  const changed = await ctx.db.transaction(async (tx) => {
    await lockPeople(tx);
    const before = await requirePerson(ctx, tx, id);
    if (before.issuer !== null && (patch.role !== undefined || patch.owners !== undefined)) {
      throw new AppError(
        "conflict",
        "Single sign-on says this person's role and owner entities: change what the groups mean.",
      );
    }
    const role = patch.role ?? before.role;
    const disabled = patch.disabled ?? before.disabledAt !== null;
    if ((role !== "administrator" || disabled) && (await otherAdministrators(tx, id)) === 0) {
      throw new AppError("conflict", "This is the last administrator who can sign in. Make somebody else one first.");
    }
    const ownerIds = patch.owners ? await requireOwnerIds(tx, patch.owners) : before.owners.map((owner) => owner.id);
    const disabledAt = disabled ? (before.disabledAt ?? ctx.wall.now()) : null;
    await updatePerson(tx, id, { name: patch.name ?? before.name, role, disabledAt, ownerIds }, ctx.wall.now());
    const ended = disabled ? await endSessions(tx, id) : 0;
    const after = await requirePerson(ctx, tx, id);
    if (isDeepStrictEqual(personFacts(before), personFacts(after))) return after;
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "person.change",
      permission: "people:write",
      subjectType: "person",
      subjectKey: after.email,
      before: personFacts(before),
      after: { ...personFacts(after), ...(ended > 0 ? { sessionsEnded: ended } : {}) },
    });
    return after;
  });
  ctx.forgetActors();
  return personItemOf(changed);
}
