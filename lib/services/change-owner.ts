import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { insertOwner, lockOwners, type OwnerFacts, type OwnerRecord, ownerRecords } from "@/lib/db/owner-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { AppError } from "@/lib/domain/errors";
import { nameCheck, normalizeOwnerKey } from "@/lib/domain/owner-tag";
import { auditedBy } from "@/lib/services/audited-by";
import { ownerSettingsOf } from "@/lib/services/classify-fleet";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";

/** One thing that a change of owners did, for the audit. */
export interface OwnerAudit {
  action: string;
  permission: "owners:write" | "owners:contact";
  subjectType: "owner" | "broker";
  subjectKey: string;
  before: unknown;
  after: unknown;
}

/**
 * Makes a change of owners in one transaction with its audit events. Brokers and findings follow by an evaluation, which restarts no clock: an episode goes
 * on with its start and due day, whoever its owner is. A change without any audit event was none.
 */
export async function changeOwners<T>(
  ctx: Ctx,
  change: (tx: Database, by: { at: Date; actor: string }) => Promise<{ result: T; audit: readonly OwnerAudit[] }>,
): Promise<T> {
  return ctx.db.transaction(async (tx) => {
    await lockOwners(tx);
    await holdEvaluation(tx);
    const { result, audit } = await change(tx, { at: ctx.clock.now(), actor: ctx.actor.name });
    if (audit.length === 0) return result;
    for (const event of audit) await appendAuditEvent(tx, { ...auditedBy(ctx), ...event });
    await bumpDataVersions(tx, "fleet", "settings");
    await ctx.queue.add("evaluate", { reason: "owners-changed" }, { key: "evaluate", within: tx });
    return result;
  });
}

/** The owner of a name by key or alias, among those that were not merged. */
export function ownerOfName(owners: readonly OwnerRecord[], name: string): OwnerRecord | null {
  const key = normalizeOwnerKey(name);
  const live = owners.filter(({ mergedIntoId }) => mergedIntoId === null);
  return (
    live.find((owner) => owner.key === key) ??
    live.find((owner) => owner.aliases.some((alias) => normalizeOwnerKey(alias) === key)) ??
    null
  );
}

/** The owner of an id. Errors: not-found; conflict for one that was merged into another. */
export function requireOwner(owners: readonly OwnerRecord[], id: number): OwnerRecord {
  const owner = owners.find((one) => one.id === id);
  if (!owner) throw new AppError("not-found", `There is no owner ${id}.`);
  if (owner.mergedIntoId !== null) {
    const into = owners.find((one) => one.id === owner.mergedIntoId);
    throw new AppError("conflict", `${owner.displayName} was merged into ${into?.displayName ?? "another owner"}.`);
  }
  return owner;
}

/** Makes an owner of a name that none has. Errors: invalid-input for a name that names nobody; conflict where one has it. */
export async function makeOwner(
  tx: Database,
  facts: OwnerFacts,
  at: Date,
): Promise<{ owner: OwnerRecord; audit: OwnerAudit }> {
  const key = await requireName(tx, facts.displayName, "displayName");
  const owners = await ownerRecords(tx);
  const taken = ownerOfName(owners, facts.displayName) ?? owners.find((owner) => owner.key === key);
  if (taken)
    throw new AppError("conflict", `There is an owner ${taken.displayName} with this name or alias already.`, {
      details: { field: "displayName" },
    });
  const id = await insertOwner(tx, key, facts, at);
  return {
    owner: { id, key, mergedIntoId: null, ...facts },
    audit: {
      action: "owner.make",
      permission: "owners:write",
      subjectType: "owner",
      subjectKey: key,
      before: null,
      after: facts,
    },
  };
}

/** The key of a name. Errors: invalid-input for one that names nobody by the settings in force. */
export async function requireName(db: Database, name: string, field: string): Promise<string> {
  const namesSomebody = nameCheck(ownerSettingsOf(await currentSettings(db)));
  if (!namesSomebody(name))
    throw new AppError("invalid-input", `By the settings ${JSON.stringify(name)} names nobody.`, {
      details: { field },
    });
  return normalizeOwnerKey(name);
}

/** What the audit keeps of an owner. */
export function ownerFacts({ displayName, aliases, verified, email, chatHandle }: OwnerFacts): OwnerFacts {
  return { displayName, aliases, verified, email, chatHandle };
}
