import type { MergeResult } from "@/lib/contracts/owners";
import type { Database } from "@/lib/db/client";
import { accountsOfDefaultOwner, peopleOfOwner } from "@/lib/db/owner-queries";
import {
  endAssignments,
  insertAssignments,
  moveOwner,
  type OwnerRecord,
  ownedBy,
  ownerRecords,
  updateOwnerRow,
} from "@/lib/db/owner-store";
import { AppError } from "@/lib/domain/errors";
import { normalizeOwnerKey } from "@/lib/domain/owner-tag";
import { changeOwners, ownerFacts, requireOwner } from "@/lib/services/change-owner";
import { entryId } from "@/lib/services/change-register";
import type { WebCtx } from "@/lib/services/ctx";

/**
 * Makes an owner an alias of another: its names lead there, its assignments, people and account defaults move at once, brokers and open findings with the
 * evaluation that follows. Costs and episodes of earlier days keep the owner of that day. With `preview` it only says what would move. Errors: not-found;
 * conflict for one that was merged before; invalid-input for an owner and itself.
 */
export async function mergeOwner({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { id: string; from: number; preview: boolean };
}): Promise<MergeResult> {
  const intoId = entryId("owner", input.id);
  if (intoId === input.from)
    throw new AppError("invalid-input", "An owner is not merged into itself.", { details: { field: "from" } });
  const merged = await changeOwners(ctx, async (tx, by) => {
    const owners = await ownerRecords(tx);
    const [from, into] = [requireOwner(owners, input.from), requireOwner(owners, intoId)];
    const names = namesOf(from, into);
    const { brokers, openFindings, assignedArns } = await ownedBy(tx, from.id);
    const people = await peopleOfOwner(tx, from.id);
    const accounts = await accountsOfDefaultOwner(tx, from.id);
    const result: MergeResult = {
      from: from.displayName,
      into: into.displayName,
      names,
      brokers,
      openFindings,
      assignments: assignedArns.length,
      people: people.length,
      accountDefaults: accounts.length,
      done: !input.preview,
    };
    if (input.preview) return { result, audit: [] };
    await move(tx, { from, into, names, assignedArns }, by);
    return {
      result,
      audit: [
        {
          action: "owner.merge",
          permission: "owners:write",
          subjectType: "owner",
          subjectKey: into.key,
          before: { merged: from.key, ...ownerFacts(from), aliasesOfTheOther: into.aliases },
          after: {
            aliases: [...into.aliases, ...names],
            brokers,
            openFindings,
            assignments: assignedArns,
            people: people.map(({ email }) => email),
            accountDefaults: accounts.map(({ accountId }) => accountId),
          },
        },
      ],
    };
  });
  // Whoever belongs to it acts on other brokers from now on.
  if (merged.done) ctx.forgetActors();
  return merged;
}

/** The names that lead to the remaining owner by the merge: the other's own name, key and aliases, each once. */
function namesOf(from: OwnerRecord, into: OwnerRecord): string[] {
  const known = new Set([into.key, ...into.aliases.map(normalizeOwnerKey)]);
  // The key first: by it the merge can be undone.
  return [from.key, ...from.aliases].filter((name) => {
    const key = normalizeOwnerKey(name);
    const fresh = !known.has(key);
    known.add(key);
    return fresh;
  });
}

async function move(
  tx: Database,
  merge: { from: OwnerRecord; into: OwnerRecord; names: readonly string[]; assignedArns: readonly string[] },
  by: { at: Date; actor: string },
): Promise<void> {
  const { from, into, names, assignedArns } = merge;
  await updateOwnerRow(tx, into.id, { ...into, aliases: [...into.aliases, ...names] });
  await updateOwnerRow(tx, from.id, { ...from, aliases: [] });
  await endAssignments(tx, assignedArns, by);
  const reason = `${from.displayName} was merged into ${into.displayName}`;
  await insertAssignments(tx, assignedArns, { ownerId: into.id, reason, ...by });
  await moveOwner(tx, from.id, into.id, by.at);
}
