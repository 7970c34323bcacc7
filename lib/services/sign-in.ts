import type { z } from "zod";
import type { signInInput } from "@/lib/contracts/people";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { findPerson, noteSignIn, type PersonRow } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { forgetAttempts, limitAttempts } from "@/lib/services/sign-in-limits";

/** Who has signed in, and the cookies that say so from now on. */
export interface SignedIn {
  name: string;
  mustChangePassword: boolean;
  /** The password was right, and a code of the authenticator app is wanted: nobody is signed in yet. */
  secondFactor: boolean;
  cookies: readonly string[];
}

/**
 * Opens a session for whoever knows the password. Errors: unauthenticated (one answer for a wrong address, a wrong password and a disabled account),
 * rate-limited, forbidden over plain HTTP from elsewhere. Both outcomes are audited.
 */
export async function signIn({ ctx, input }: { ctx: WebCtx; input: z.output<typeof signInInput> }): Promise<SignedIn> {
  await limitAttempts(ctx, input.email);
  const session = await ctx.auth.signIn(ctx.request, input);
  if (session?.personId === null) {
    // Attempts go on counting: only the code proves who it is.
    return { name: "", mustChangePassword: false, secondFactor: true, cookies: session.cookies };
  }
  const person = session && (await findPerson(ctx.db, session.personId, ctx.wall.now()));
  const event = { ...auditedBy(ctx), permission: null, subjectType: "person", subjectKey: input.email, before: null };
  const { remote, userAgent } = ctx.request;
  if (!session || !person) {
    await appendAuditEvent(ctx.db, { ...event, remote, action: "session.refused", after: { userAgent } });
    throw new AppError("unauthenticated", "E-mail address or password is wrong, or the account is disabled.");
  }
  return welcome(ctx, person, session.cookies, { userAgent });
}

/** What follows every proof of who somebody is: attempts are forgotten, the sign-in is noted and audited. */
export async function welcome(
  ctx: WebCtx,
  person: PersonRow,
  cookies: readonly string[],
  after: Record<string, unknown>,
): Promise<SignedIn> {
  await forgetAttempts(ctx, person.email);
  await noteSignIn(ctx.db, person.id, ctx.wall.now());
  await appendAuditEvent(ctx.db, {
    ...auditedBy(ctx),
    actor: person.email,
    personId: person.id,
    remote: ctx.request.remote,
    action: "session.sign-in",
    permission: null,
    subjectType: "person",
    subjectKey: person.email,
    before: null,
    after,
  });
  return { name: person.name, mustChangePassword: person.mustChangePassword, secondFactor: false, cookies };
}
