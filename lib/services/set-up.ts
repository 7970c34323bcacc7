import type { z } from "zod";
import type { setUpInput } from "@/lib/contracts/people";
import { anyPerson, lockPeople } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { addPerson } from "@/lib/services/add-person";
import type { WebCtx } from "@/lib/services/ctx";
import { setUpNeedsSecret } from "@/lib/services/read/read-sign-in-options";
import { requireStrongPassword } from "@/lib/services/require-strong-password";
import { type SignedIn, signIn } from "@/lib/services/sign-in";
import { limitAttempts } from "@/lib/services/sign-in-limits";

/**
 * Creates the first administrator and signs him in. Only while there is nobody: whoever comes second gets conflict. Where other machines reach the
 * server the configured secret has to be given, too, so that a stranger cannot be first.
 */
export async function setUp({ ctx, input }: { ctx: WebCtx; input: z.output<typeof setUpInput> }): Promise<SignedIn> {
  const { name, email, password, secret } = input;
  await limitAttempts(ctx, null);
  if (setUpNeedsSecret() && !ctx.auth.isSecret(secret ?? "")) {
    throw new AppError("forbidden", "This is not the secret that the server was started with (MQ_STEWARD_SECRET).", {
      details: { field: "secret" },
    });
  }
  requireStrongPassword(password, { name, email }, "password");
  const passwordHash = await ctx.auth.hashPassword(password);
  await ctx.db.transaction(async (tx) => {
    await lockPeople(tx);
    if (await anyPerson(tx)) throw new AppError("conflict", "This installation is set up already; sign in.");
    await addPerson(ctx, tx, {
      name,
      email,
      role: "administrator",
      passwordHash,
      mustChangePassword: false,
      ownerIds: [],
      permission: null,
      remote: ctx.request.remote,
    });
  });
  return signIn({ ctx, input: { email, password } });
}
