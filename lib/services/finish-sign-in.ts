import { createHash } from "node:crypto";
import type { z } from "zod";
import type { secondFactorCode } from "@/lib/contracts/people";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { findPerson } from "@/lib/db/person-store";
import { countAttempt } from "@/lib/db/sign-in-attempt-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { type SignedIn, welcome } from "@/lib/services/sign-in";
import { forgetAttempts, limitAttempts } from "@/lib/services/sign-in-limits";

/** A code and its neighbours, before and after. */
const CODE_GOOD_MS = 120_000;

/**
 * Ends a sign-in whose password was right: by a code of the authenticator app, or by a backup code, which is used up. Five codes a sign-in, ten wrong
 * ones in a row lock the account's codes for a quarter of an hour. Errors: unauthenticated, rate-limited. Both outcomes are audited.
 */
export async function finishSignIn({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof secondFactorCode>;
}): Promise<SignedIn> {
  const factor = await ctx.auth.secondFactor();
  const waiting = await factor.waiting(ctx.request);
  const awaited = waiting === null ? null : await findPerson(ctx.db, waiting, ctx.wall.now());
  await limitAttempts(ctx, awaited && `code ${awaited.email}`);
  // Who is waited for must be known: what limits guesses, and refuses a code that was given before, hangs on it.
  const fresh = awaited !== null && (input.backup || (await isFresh(ctx, awaited.id, input.code)));
  const finished = fresh ? await factor.finish(ctx.request, input) : null;
  const session = finished?.personId === awaited?.id ? finished : null;
  const person = session && (await findPerson(ctx.db, session.personId, ctx.wall.now()));
  const { userAgent, remote } = ctx.request;
  if (!session || !person) {
    await appendAuditEvent(ctx.db, {
      ...auditedBy(ctx),
      remote,
      action: "session.refused",
      permission: null,
      subjectType: "person",
      subjectKey: awaited?.email ?? "unknown",
      before: null,
      after: { userAgent, reason: "code" },
    });
    throw new AppError(
      "unauthenticated",
      "This code is wrong or has expired. After several wrong ones sign in with the password again.",
    );
  }
  await forgetAttempts(ctx, `code ${person.email}`);
  return welcome(ctx, person, session.cookies, { userAgent, secondFactor: input.backup ? "backup code" : "code" });
}

/** Whether this code was not given before while it could be good: somebody who reads it over a shoulder must not use it again (RFC 6238, 5.2). */
async function isFresh(ctx: WebCtx, personId: string, code: string): Promise<boolean> {
  const hash = createHash("sha256").update(`${personId}\n${code}`).digest("hex");
  return (await countAttempt(ctx.db, `given:${hash}`, { now: ctx.wall.now(), windowMs: CODE_GOOD_MS })) === 1;
}
