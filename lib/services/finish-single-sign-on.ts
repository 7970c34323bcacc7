import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { SignedOnPerson } from "@/lib/auth/single-sign-on";
import type { signOnReturn } from "@/lib/contracts/single-sign-on";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { endSessions, insertPerson, lockPeople, noteSignIn, updatePerson } from "@/lib/db/person-store";
import { personOfIdentity, saveIdentity, signOnGroups, takeSignOnFlow } from "@/lib/db/sign-on-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { type GroupMeaning, meaningOfGroups } from "@/lib/services/group-meaning";
import { personFacts, requirePerson } from "@/lib/services/person-record";
import { limitAttempts } from "@/lib/services/sign-in-limits";
import { flowCookie, flowIdOf, flowTokenOf } from "@/lib/services/sign-on-cookie";

const NO_GROUP =
  "You are known, but none of your groups lets you in here. An administrator of MQ Steward says which groups do (Settings, Single sign-on).";

interface Admitted {
  id: string;
  name: string;
  email: string;
}

/**
 * Opens a session for whoever comes back from the provider. Who he is, issuer and subject say, never his address. His groups give him role and owner
 * entities anew at each sign-in; without one that means anything he is refused, his sessions end and his keys rest. Errors: unauthenticated, forbidden,
 * conflict for an address that a local account has, unavailable, rate-limited. Both outcomes are audited.
 */
export async function finishSingleSignOn({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof signOnReturn>;
}): Promise<{ name: string; returnTo: string; cookies: readonly string[] }> {
  await limitAttempts(ctx, null);
  const provider = await ctx.auth.singleSignOn();
  if (!provider) throw new AppError("not-found", "Single sign-on is not set up here.");
  const token = flowTokenOf(ctx.request);
  const flow = token && (await takeSignOnFlow(ctx.db, flowIdOf(token), ctx.wall.now()));
  if (!flow)
    throw new AppError("unauthenticated", "This sign-in was not begun in this browser, or took too long. Start again.");
  const known = await provider.finish(flow, input.search);
  const admitted = await ctx.db.transaction((tx) => admit(ctx, tx, known));
  ctx.forgetActors();
  // Refusals are written, so they must not undo their transaction.
  if (admitted instanceof AppError) throw admitted;
  const session = await ctx.auth.openSession(ctx.request, admitted.id);
  if (!session) throw new AppError("forbidden", "Your account here is disabled.");
  await noteSignIn(ctx.db, admitted.id, ctx.wall.now());
  await audit(ctx, ctx.db, known, { action: "session.sign-in", by: admitted, after: { issuer: known.issuer } });
  return {
    name: admitted.name,
    returnTo: flow.returnTo,
    cookies: [...session.cookies, flowCookie(ctx.request, "", 0)],
  };
}

async function admit(ctx: WebCtx, tx: Database, known: SignedOnPerson): Promise<Admitted | AppError> {
  await lockPeople(tx);
  const meaning = meaningOfGroups(known.groups, await signOnGroups(tx));
  const personId = await personOfIdentity(tx, known.issuer, known.subject);
  if (meaning === null) return refuseWithoutGroup(ctx, tx, known, personId);
  if (personId === null) return addNew(ctx, tx, known, meaning);
  const before = await requirePerson(ctx, tx, personId);
  const by = { id: personId, name: known.name?.slice(0, 120) ?? before.name, email: before.email };
  if (before.disabledAt) return refuse(ctx, tx, known, "forbidden", "Your account here is disabled.");
  const { role, ownerIds, groups } = meaning;
  await updatePerson(tx, personId, { name: by.name, role, disabledAt: null, ownerIds }, ctx.wall.now());
  await saveIdentity(tx, { ...identityOf(known), personId, groups, refused: false }, ctx.wall.now());
  const after = await requirePerson(ctx, tx, personId);
  if (!isDeepStrictEqual(personFacts(before), personFacts(after))) {
    await audit(ctx, tx, known, {
      action: "person.change",
      by,
      before: personFacts(before),
      after: personFacts(after),
    });
  }
  return by;
}

async function addNew(
  ctx: WebCtx,
  tx: Database,
  known: SignedOnPerson,
  { role, ownerIds, groups }: GroupMeaning,
): Promise<Admitted | AppError> {
  const email = z.email().max(254).safeParse(known.email?.toLowerCase());
  if (!email.success || known.emailVerified === false) {
    const message = email.success
      ? "The sign-in service has not verified your e-mail address, which changes are recorded with here."
      : "The sign-in service does not say your e-mail address, which changes are recorded with here.";
    return refuse(ctx, tx, known, "forbidden", message);
  }
  const by = { id: randomUUID(), name: known.name?.slice(0, 120) ?? email.data, email: email.data };
  const person = { ...by, role, ownerIds, mustChangePassword: false, passwordHash: null };
  if (!(await insertPerson(tx, person, ctx.wall.now()))) {
    const message = `${email.data} has an account here already, which is not joined with yours by its address alone. Ask an administrator.`;
    return refuse(ctx, tx, known, "conflict", message);
  }
  await saveIdentity(tx, { ...identityOf(known), personId: by.id, groups, refused: false }, ctx.wall.now());
  const after = await requirePerson(ctx, tx, by.id);
  await audit(ctx, tx, known, { action: "person.add", by, after: { ...personFacts(after), ...identityOf(known) } });
  return by;
}

async function refuseWithoutGroup(
  ctx: WebCtx,
  tx: Database,
  known: SignedOnPerson,
  personId: string | null,
): Promise<AppError> {
  if (personId !== null) {
    await endSessions(tx, personId);
    await saveIdentity(tx, { ...identityOf(known), personId, groups: [], refused: true }, ctx.wall.now());
  }
  return refuse(ctx, tx, known, "forbidden", NO_GROUP);
}

async function refuse(
  ctx: WebCtx,
  tx: Database,
  known: SignedOnPerson,
  code: "forbidden" | "conflict",
  message: string,
): Promise<AppError> {
  await audit(ctx, tx, known, { action: "session.refused", after: { ...identityOf(known), reason: message } });
  return new AppError(code, message);
}

const identityOf = ({ issuer, subject }: SignedOnPerson) => ({ issuer, subject });

async function audit(
  ctx: WebCtx,
  db: Database,
  known: SignedOnPerson,
  event: { action: string; by?: Admitted; before?: unknown; after: unknown },
): Promise<void> {
  const { by } = event;
  await appendAuditEvent(db, {
    ...auditedBy(ctx),
    ...(by ? { actor: by.email, personId: by.id } : {}),
    remote: ctx.request.remote,
    action: event.action,
    permission: null,
    subjectType: "person",
    subjectKey: by?.email ?? known.email ?? known.subject,
    before: event.before ?? null,
    after: event.after,
  });
}
