import type { z } from "zod";
import type { oneTimePassword, personInput } from "@/lib/contracts/people";
import { addPerson } from "@/lib/services/add-person";
import type { WebCtx } from "@/lib/services/ctx";
import { makeOneTimePassword, personItemOf, requireOwnerIds, requirePerson } from "@/lib/services/person-record";

/** Adds somebody with a password that is told once and has to be replaced at the first sign-in. Errors: conflict, invalid-input. */
export async function invitePerson({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof personInput>;
}): Promise<z.input<typeof oneTimePassword>> {
  const { owners, ...person } = input;
  const password = makeOneTimePassword();
  const passwordHash = await ctx.auth.hashPassword(password);
  const row = await ctx.db.transaction(async (tx) => {
    const ownerIds = await requireOwnerIds(tx, owners);
    const id = await addPerson(ctx, tx, {
      ...person,
      passwordHash,
      mustChangePassword: true,
      ownerIds,
      permission: "people:write",
    });
    return requirePerson(ctx, tx, id);
  });
  return { person: personItemOf(row), password };
}
