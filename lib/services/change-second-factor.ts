import type { z } from "zod";
import type {
  presentPassword,
  secondFactorConfirmation,
  secondFactorSetUp,
  secondFactorState,
} from "@/lib/contracts/people";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { endOlderSessions } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { auditedBy } from "@/lib/services/audited-by";
import type { PersonActor, WebCtx } from "@/lib/services/ctx";
import { personActing } from "@/lib/services/key-record";
import { readSecondFactor } from "@/lib/services/read/read-second-factor";
import { forgetAttempts, limitAttempts } from "@/lib/services/sign-in-limits";

type Changed = z.input<typeof secondFactorState> & { cookies: readonly string[] };

/**
 * Begins to set up an authenticator app; nothing changes before it is confirmed, and beginning again makes another secret. Errors: invalid-input for a
 * wrong password, conflict where there is one already or none can be, rate-limited.
 */
export async function setUpSecondFactor({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof presentPassword>;
}): Promise<z.input<typeof secondFactorSetUp>> {
  const person = await limited(ctx);
  const { available, enabled } = await readSecondFactor({ ctx });
  if (!available) throw new AppError("conflict", "You sign in at a provider, which may ask for a code itself.");
  if (enabled) throw new AppError("conflict", "Signing in asks for a code already. Take that away first.");
  if (env().mode === "demo") throw new AppError("conflict", "The demo's accounts are everybody's.");
  const made = await (await ctx.auth.secondFactor()).setUp(ctx.request, input.password);
  if (!made) throw wrongPassword();
  await forgetAttempts(ctx, person.name);
  return made;
}

/** The first code of the app: from now on signing in asks for one. All other sessions end. Errors: invalid-input, rate-limited. */
export async function confirmSecondFactor({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof secondFactorConfirmation>;
}): Promise<Changed> {
  const person = await limited(ctx);
  const before = await readSecondFactor({ ctx });
  if (before.enabled) throw new AppError("conflict", "Signing in asks for a code already.");
  const confirmed = await (await ctx.auth.secondFactor()).confirm(ctx.request, input.code);
  if (!confirmed) {
    throw new AppError("invalid-input", "This code is wrong or has expired. Is the clock of your phone right?", {
      details: { field: "code" },
    });
  }
  await ctx.db.transaction(async (tx) => {
    await audit(ctx, tx, person, true, await endOlderSessions(tx, person.id));
  });
  await forgetAttempts(ctx, person.name);
  ctx.forgetActors();
  return { ...(await readSecondFactor({ ctx })), cookies: confirmed.cookies };
}

/** Takes one's own second factor away. Errors: invalid-input for a wrong password, conflict without one, rate-limited. */
export async function removeSecondFactor({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof presentPassword>;
}): Promise<Changed> {
  const person = await limited(ctx);
  if (!(await readSecondFactor({ ctx })).enabled) throw new AppError("conflict", "Signing in asks for no code.");
  const removed = await (await ctx.auth.secondFactor()).remove(ctx.request, input.password);
  if (!removed) throw wrongPassword();
  await audit(ctx, ctx.db, person, false, 0);
  await forgetAttempts(ctx, person.name);
  ctx.forgetActors();
  return { ...(await readSecondFactor({ ctx })), cookies: removed.cookies };
}

/** Passwords and codes that are tried in somebody's session count as attempts at his account. */
async function limited(ctx: WebCtx): Promise<PersonActor> {
  const person = personActing(ctx);
  await limitAttempts(ctx, person.name);
  return person;
}

function wrongPassword(): AppError {
  return new AppError("invalid-input", "This is not your present password.", { details: { field: "password" } });
}

function audit(ctx: WebCtx, db: Database, person: PersonActor, enabled: boolean, sessionsEnded: number): Promise<void> {
  return appendAuditEvent(db, {
    ...auditedBy(ctx),
    action: "person.second-factor",
    permission: null,
    subjectType: "person",
    subjectKey: person.name,
    before: { secondFactor: !enabled },
    after: { secondFactor: enabled, otherSessionsEnded: sessionsEnded },
  });
}
