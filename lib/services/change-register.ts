import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { brokerRowIds, ownerIdsOfBrokers } from "@/lib/db/register-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { assertMayActFor, ownersToActFor } from "@/lib/services/owner-scope";

/** What a change of the register did, for the audit. */
export interface RegisterChange {
  action: string;
  permission: "registers:write" | "registers:attest";
  subjectType: string;
  subjectKey: string;
  before: unknown;
  after: unknown;
}

/** Makes a change of the register in one transaction with its audit event; figures that rest on it are computed anew. */
export async function changeRegister<T>(
  ctx: Ctx,
  change: (tx: Database, by: { at: Date; actor: string }) => Promise<{ result: T; audit: RegisterChange }>,
): Promise<T> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const { result, audit } = await change(tx, { at, actor: ctx.actor.name });
    await appendAuditEvent(tx, { ...auditedBy(ctx), ...audit });
    await bumpDataVersions(tx, "fleet");
    return result;
  });
}

/** The rows' ids of brokers named by AWS broker id. Errors: invalid-input for one that was never seen. */
export async function resolveBrokers(tx: Database, brokerIds: readonly string[]): Promise<number[]> {
  const ids = await brokerRowIds(tx, brokerIds);
  return [...new Set(brokerIds)].map((brokerId) => {
    const id = ids.get(brokerId);
    if (id === undefined)
      throw new AppError("invalid-input", `There is no broker ${brokerId}.`, { details: { field: "brokerIds" } });
    return id;
  });
}

/**
 * Refuses (forbidden) whoever writes about his own brokers alone, where an entry concerns any other: those it names now, and those it named before.
 * Entries of the register are for everybody's figures, so that one over brokers of two owners is for somebody who answers for both.
 */
export async function assertOwnBrokers(tx: Database, ctx: Ctx, brokerRowIds: readonly number[]): Promise<void> {
  if (ownersToActFor(ctx.actor, "registers:write") === "all") return;
  for (const ownerId of await ownerIdsOfBrokers(tx, brokerRowIds)) assertMayActFor(ctx, "registers:write", ownerId);
}

/** The number of an entry in an address. Errors: not-found for what is no number. */
export function entryId(what: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new AppError("not-found", `There is no ${what} ${text}.`);
  return Number(text);
}

/** Asserts that an entry was there. Errors: not-found. */
export function found<T>(what: string, id: number | null, value: T | null): T {
  if (value === null) throw new AppError("not-found", `There is no ${what} ${id ?? ""}.`.replace(" .", "."));
  return value;
}
