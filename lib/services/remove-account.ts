import { findAccount, saveAccount } from "@/lib/db/account-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { AppError } from "@/lib/domain/errors";
import { accountFacts, auditAccount } from "@/lib/services/account-record";
import type { Ctx } from "@/lib/services/ctx";

/**
 * Takes an account out of scope: an audited act. Its brokers and their history stay, they count nowhere any more, and their open findings close as
 * no remediation. Connecting it again takes it back. Errors: not-found.
 */
export async function removeAccount({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ removed: true }> {
  await ctx.db.transaction(async (tx) => {
    const before = await findAccount(tx, input.id);
    if (!before || before.removedAt !== null) throw new AppError("not-found", `Account ${input.id} is not connected.`);
    const after = { ...before, removedAt: ctx.clock.now() };
    await saveAccount(tx, after);
    await auditAccount(ctx, tx, "account.remove", input.id, accountFacts(before), accountFacts(after));
    await bumpDataVersions(tx, "fleet", "settings");
    await ctx.queue.add("evaluate", { reason: "account-removed" }, { key: "evaluate", within: tx });
  });
  return { removed: true };
}
