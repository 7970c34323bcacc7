import type { z } from "zod";
import type { AccountItem, accountPatch } from "@/lib/contracts/accounts";
import { type AccountRow, findAccount, saveAccount } from "@/lib/db/account-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { AppError } from "@/lib/domain/errors";
import {
  accountFacts,
  auditAccount,
  defaultOwnerIdOf,
  readAccountItem,
  requireRegions,
} from "@/lib/services/account-record";
import type { Ctx } from "@/lib/services/ctx";

/**
 * Changes a connected account; what the patch leaves out stays. Taking a region out is a scope change and audited as such: its brokers stay, are no
 * longer judged, and their open findings close as no remediation. Errors: not-found, invalid-input.
 */
export async function updateAccount({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof accountPatch> & { id: string };
}): Promise<AccountItem> {
  const { id, ...patch } = input;
  if (patch.regions) requireRegions(patch.regions);
  await ctx.db.transaction(async (tx) => {
    const before = await findAccount(tx, id);
    if (!before || before.removedAt !== null) throw new AppError("not-found", `Account ${id} is not connected.`);
    const after: AccountRow = {
      ...before,
      name: patch.name === undefined ? before.name : patch.name,
      roleArn: patch.roleArn === undefined ? before.roleArn : patch.roleArn,
      externalId: patch.externalId === undefined ? before.externalId : patch.externalId || null,
      regions: patch.regions ?? before.regions,
      defaultEnvironment: patch.defaultEnvironment === undefined ? before.defaultEnvironment : patch.defaultEnvironment,
      defaultOwnerId:
        patch.defaultOwner === undefined
          ? before.defaultOwnerId
          : await defaultOwnerIdOf(tx, patch.defaultOwner, ctx.clock.now()),
      readCosts: patch.readCosts ?? before.readCosts,
      enabled: patch.enabled ?? before.enabled,
    };
    if (after.roleArn && !after.roleArn.includes(`:${id}:`))
      throw new AppError("invalid-input", `The role ${after.roleArn} belongs to another account than ${id}.`);
    await saveAccount(tx, after);
    const action = sameRegions(before, after) ? "account.update" : "account.change-scope";
    await auditAccount(ctx, tx, action, id, accountFacts(before), accountFacts(after));
    await bumpDataVersions(tx, "fleet", "settings");
    await ctx.queue.add("evaluate", { reason: "account-changed" }, { key: "evaluate", within: tx });
  });
  ctx.aws.reset();
  return readAccountItem(ctx, id);
}

function sameRegions(a: AccountRow, b: AccountRow): boolean {
  return [...a.regions].sort().join() === [...b.regions].sort().join();
}
