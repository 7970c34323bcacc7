import { loadAccounts } from "@/lib/db/account-store";
import { ownerNames } from "@/lib/db/owner-store";
import { engineDisplayName } from "@/lib/domain/engine-version";
import type { Ctx } from "@/lib/services/ctx";

/** How the keys of a dimension are called on pages. */
export async function keyLabels(ctx: Ctx, dimension: string): Promise<(key: string) => string> {
  const names = new Map<string, string>([
    ["(none)", dimension === "owner" ? "No owner" : "Accounts as a whole"],
    ["(unallocated)", "Not placed"],
  ]);
  if (dimension === "account")
    for (const a of await loadAccounts(ctx.db)) if (a.name) names.set(a.accountId, `${a.name} (${a.accountId})`);
  if (dimension === "owner") for (const o of await ownerNames(ctx.db)) names.set(o.key, o.displayName);
  return (key) => names.get(key) ?? (dimension === "engine" ? engineDisplayName(key) : key);
}
