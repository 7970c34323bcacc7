import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { ownerPatch } from "@/lib/contracts/owners";
import type { Permission } from "@/lib/contracts/permissions";
import type { Database } from "@/lib/db/client";
import { type OwnerRecord, ownerRecords, separateOwners, updateOwnerRow } from "@/lib/db/owner-store";
import { AppError } from "@/lib/domain/errors";
import { normalizeOwnerKey } from "@/lib/domain/owner-tag";
import { changeOwners, ownerFacts, ownerOfName, requireName, requireOwner } from "@/lib/services/change-owner";
import { entryId } from "@/lib/services/change-register";
import type { Ctx } from "@/lib/services/ctx";
import { assertMayActFor } from "@/lib/services/owner-scope";

const CONTACT: readonly string[] = ["email", "chatHandle"];

/**
 * Changes an owner; what the patch leaves out stays. An alias taken away that was an owner of its own before a merge is one again. Errors: not-found;
 * forbidden for the role owner beyond the contact data of his own; conflict for a name that another owner has; invalid-input.
 */
export function updateOwner({
  ctx,
  input: { id, ...patch },
}: {
  ctx: Ctx;
  input: { id: string } & z.output<typeof ownerPatch>;
}): Promise<{ id: number }> {
  const ownerId = entryId("owner", id);
  assertMayActFor(ctx, "owners:contact", ownerId);
  const beyond = Object.entries(patch).some(([field, value]) => value !== undefined && !CONTACT.includes(field));
  if (beyond && !has(ctx, "owners:write"))
    throw new AppError("forbidden", "This needs the permission owners:write; you may change the contact data.");
  return changeOwners(ctx, async (tx) => {
    const owners = await ownerRecords(tx);
    const owner = requireOwner(owners, ownerId);
    const before = ownerFacts(owner);
    const after = {
      displayName: patch.displayName ?? before.displayName,
      verified: patch.verified ?? before.verified,
      email: patch.email === undefined ? before.email : patch.email || null,
      chatHandle: patch.chatHandle === undefined ? before.chatHandle : patch.chatHandle || null,
      aliases: await checkedAliases(tx, owners, owner, patch),
    };
    if (isDeepStrictEqual(before, after)) return { result: { id: ownerId }, audit: [] };
    const kept = new Set(after.aliases.map(normalizeOwnerKey));
    const separated = owners.filter((one) => one.mergedIntoId === ownerId && !kept.has(one.key)).map(({ key }) => key);
    await updateOwnerRow(tx, ownerId, after);
    await separateOwners(tx, separated);
    return {
      result: { id: ownerId },
      audit: [
        {
          action: "owner.change",
          permission: beyond ? "owners:write" : "owners:contact",
          subjectType: "owner",
          subjectKey: owner.key,
          before,
          after: { ...after, ...(separated.length > 0 ? { separated } : {}) },
        },
      ],
    };
  });
}

function has({ actor }: Ctx, permission: Permission): boolean {
  return actor.permissions === "all" || actor.permissions.has(permission);
}

/** Aliases as they are stored: each once, without the owner's own key. A new name is one, so that tags with it lead here, as those with its key do. */
async function checkedAliases(
  tx: Database,
  owners: readonly OwnerRecord[],
  owner: OwnerRecord,
  patch: { displayName?: string; aliases?: string[] },
): Promise<readonly string[]> {
  const renamed = patch.displayName !== undefined && patch.displayName !== owner.displayName;
  if (patch.aliases === undefined && !renamed) return owner.aliases;
  const aliases = [...(patch.aliases ?? owner.aliases), ...(renamed ? [patch.displayName ?? ""] : [])];
  const byKey = new Map<string, string>();
  const others = owners.filter(({ id }) => id !== owner.id);
  for (const alias of aliases) {
    const key = await requireName(tx, alias, "aliases");
    const taken = ownerOfName(others, alias);
    if (taken)
      throw new AppError("conflict", `${alias} is a name of the owner ${taken.displayName}: merge that one instead.`, {
        details: { field: "aliases" },
      });
    if (key !== owner.key && !byKey.has(key)) byKey.set(key, alias);
  }
  return [...byKey.values()];
}
