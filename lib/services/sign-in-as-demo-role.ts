import type { Role } from "@/lib/contracts/permissions";
import { ROLE_NAMES } from "@/lib/contracts/permissions";
import { findPersonByEmail, lockPeople, ownerWithMostBrokers } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { addPerson } from "@/lib/services/add-person";
import type { WebCtx } from "@/lib/services/ctx";
import { type SignedIn, signIn } from "@/lib/services/sign-in";

/**
 * Signs in as the demo's account of a role, which is made at its first use; its password is derived from the server's secret, and nobody types it.
 * The demo's owner belongs to the owner entity with the most brokers. Throws not-found outside demo mode.
 */
export async function signInAsDemoRole({ ctx, input }: { ctx: WebCtx; input: { role: Role } }): Promise<SignedIn> {
  if (env().mode !== "demo") throw new AppError("not-found", "Accounts to try out exist in the demo alone.");
  const { role } = input;
  const email = `${role}@demo.example`;
  const password = ctx.auth.derive(`demo ${role}`);
  if (!(await findPersonByEmail(ctx.db, email, ctx.wall.now()))) {
    const passwordHash = await ctx.auth.hashPassword(password);
    await ctx.db.transaction(async (tx) => {
      await lockPeople(tx);
      if (await findPersonByEmail(tx, email, ctx.wall.now())) return;
      const owner = role === "owner" ? await ownerWithMostBrokers(tx) : null;
      await addPerson(ctx, tx, {
        name: `Demo ${ROLE_NAMES[role]}`,
        email,
        role,
        passwordHash,
        mustChangePassword: false,
        ownerIds: owner === null ? [] : [owner],
        permission: null,
        remote: ctx.request.remote,
      });
    });
  }
  return signIn({ ctx, input: { email, password } });
}
