import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { findingBrokerId } from "@/lib/db/finding-queries";
import {
  insertReplacement,
  type ReplacementBroker,
  replacementBroker,
  standingReplacementOf,
  standingReplacements,
  withdrawReplacement as storeWithdrawal,
} from "@/lib/db/replacement-store";
import { AppError } from "@/lib/domain/errors";
import { actingPerson } from "@/lib/services/acting-person";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { assertMayActFor, mayActFor } from "@/lib/services/owner-scope";
import { findingIdOf } from "@/lib/services/read/finding-id";
import { type FindingDetail, readFinding } from "@/lib/services/read/read-finding";

/**
 * A person confirms which broker replaces the finding's. It counts for all findings of the old broker once that is gone, and the evaluation that follows
 * says for each whether it was replaced or goes on. Errors: not-found, forbidden, unauthenticated, conflict, invalid-input.
 */
export async function confirmReplacement({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; brokerId: string; note: string };
}): Promise<FindingDetail> {
  await ctx.db.transaction(async (tx) => {
    const old = await brokerOfFinding(tx, ctx, input.id);
    const replacement = await replacementBroker(tx, input.brokerId);
    if (!replacement)
      throw new AppError("invalid-input", `There is no broker ${input.brokerId}.`, { details: { field: "brokerId" } });
    // Findings may go on at the replacement: nobody hands his own to somebody else.
    if (!mayActFor(ctx.actor, "findings:acknowledge", replacement.ownerId))
      throw new AppError(
        "forbidden",
        "The replacement is not a broker of your own: it has to be tagged or assigned first.",
      );
    if (await standingReplacementOf(tx, old.id))
      throw new AppError("conflict", "A replacement is confirmed already; take it back first.");
    await assertCanReplace(tx, old, replacement);
    const person = actingPerson(ctx.actor);
    const sameName =
      old.name === replacement.name && old.accountId === replacement.accountId && old.region === replacement.region;
    const basis = sameName ? "same-name" : "named";
    const at = ctx.clock.now();
    await insertReplacement(tx, {
      oldBrokerId: old.id,
      newBrokerId: replacement.id,
      basis,
      note: input.note,
      at,
      by: person.name,
      byId: person.id,
    });
    await audit(tx, ctx, "broker.confirm-replacement", old, null, {
      replacement: replacement.arn,
      basis,
      note: input.note,
    });
    await reevaluate(tx, ctx, "replacement-confirmed");
  });
  return readFinding({ ctx, input: { id: input.id } });
}

/** Takes a confirmed replacement back, as long as nothing was closed for it. Errors: not-found, forbidden, unauthenticated, conflict. */
export async function withdrawReplacement({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<FindingDetail> {
  await ctx.db.transaction(async (tx) => {
    const old = await brokerOfFinding(tx, ctx, input.id);
    const standing = await standingReplacementOf(tx, old.id);
    if (!standing) throw new AppError("conflict", "No replacement is confirmed.");
    if (standing.settledAt) throw new AppError("conflict", "Findings were closed for it; history is not rewritten.");
    await storeWithdrawal(tx, standing.id, ctx.clock.now(), actingPerson(ctx.actor).name);
    const before = { newBrokerId: standing.newBrokerId, basis: standing.basis, confirmedBy: standing.confirmedBy };
    await audit(tx, ctx, "broker.withdraw-replacement", old, before, null);
    await reevaluate(tx, ctx, "replacement-withdrawn");
  });
  return readFinding({ ctx, input: { id: input.id } });
}

async function brokerOfFinding(tx: Database, ctx: Ctx, id: string): Promise<ReplacementBroker> {
  const brokerId = await findingBrokerId(tx, findingIdOf(id));
  const broker = brokerId === null ? null : await replacementBroker(tx, brokerId);
  if (!broker) throw new AppError("not-found", `There is no broker of a finding ${id}.`);
  if (actingPerson(ctx.actor).id === null)
    throw new AppError("forbidden", "Only a signed-in person confirms or takes back a replacement.");
  assertMayActFor(ctx, "findings:acknowledge", broker.ownerId);
  return broker;
}

async function assertCanReplace(tx: Database, old: ReplacementBroker, replacement: ReplacementBroker): Promise<void> {
  const refuse = (message: string): never => {
    throw new AppError("invalid-input", message, { details: { field: "brokerId" } });
  };
  if (replacement.id === old.id) refuse("A broker does not replace itself.");
  if (replacement.goneAt) refuse("The replacement is gone itself.");
  const next = new Map((await standingReplacements(tx)).map((one) => [one.oldBrokerId, one.newBrokerId]));
  for (let at = next.get(replacement.id); at !== undefined; at = next.get(at))
    if (at === old.id) refuse("The replacement is itself replaced by this broker.");
}

async function audit(
  tx: Database,
  ctx: Ctx,
  action: string,
  broker: ReplacementBroker,
  before: unknown,
  after: unknown,
): Promise<void> {
  await appendAuditEvent(tx, {
    ...auditedBy(ctx),
    action,
    permission: "findings:acknowledge",
    subjectType: "broker",
    subjectKey: broker.arn,
    before,
    after,
  });
}

async function reevaluate(tx: Database, ctx: Ctx, reason: string): Promise<void> {
  await bumpDataVersions(tx, "fleet");
  await ctx.queue.add("evaluate", { reason }, { key: "evaluate", within: tx });
}
