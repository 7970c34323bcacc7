import type { z } from "zod";
import type { AccountItem, accountInput } from "@/lib/contracts/accounts";
import { findAccount, saveAccount } from "@/lib/db/account-store";
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
 * Connects an account, or takes one that was removed back into scope. `origin`: typed in by a person (manual) or picked from the organization. The
 * access is not tried here (test-access does), so an account can be prepared before its role exists. Errors: conflict when it is connected
 * already, invalid-input for a region nobody knows.
 */
export async function connectAccount({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof accountInput> & { origin?: "manual" | "organizations" };
}): Promise<AccountItem> {
  requireRegions(input.regions);
  if (input.roleArn && !input.roleArn.includes(`:${input.accountId}:`)) {
    throw new AppError(
      "invalid-input",
      `The role ${input.roleArn} belongs to another account than ${input.accountId}.`,
    );
  }
  await ctx.db.transaction(async (tx) => {
    const before = await findAccount(tx, input.accountId);
    if (before && before.removedAt === null)
      throw new AppError("conflict", `Account ${input.accountId} is connected already; change it instead.`);
    const account = {
      accountId: input.accountId,
      name: input.name ?? before?.name ?? null,
      partition: input.roleArn?.split(":")[1] ?? before?.partition ?? "aws",
      origin: input.origin ?? "manual",
      roleArn: input.roleArn ?? null,
      externalId: input.externalId || null,
      regions: input.regions,
      defaultEnvironment: input.defaultEnvironment ?? null,
      defaultOwnerId: await defaultOwnerIdOf(tx, input.defaultOwner, ctx.clock.now()),
      readCosts: input.readCosts,
      enabled: input.enabled,
      addedAt: before?.addedAt ?? ctx.clock.now(),
      removedAt: null,
    };
    await saveAccount(tx, account);
    await auditAccount(
      ctx,
      tx,
      "account.connect",
      account.accountId,
      before && accountFacts(before),
      accountFacts(account),
    );
    await bumpDataVersions(tx, "fleet", "settings");
    if (before) await ctx.queue.add("evaluate", { reason: "account-connected" }, { key: "evaluate", within: tx });
  });
  ctx.aws.reset();
  return readAccountItem(ctx, input.accountId);
}
