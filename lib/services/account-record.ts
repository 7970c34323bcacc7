import type { AccountItem } from "@/lib/contracts/accounts";
import type { AccountRow } from "@/lib/db/account-store";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { insertUnverifiedOwners, loadOwners } from "@/lib/db/owner-store";
import { AppError } from "@/lib/domain/errors";
import { normalizeOwnerKey } from "@/lib/domain/owner-tag";
import { findMqRegion } from "@/lib/reference/regions";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { readAccounts } from "@/lib/services/read/read-accounts";

/** What the audit keeps of an account. The external id is a shared secret: only whether there is one. */
export function accountFacts({ externalId, ...account }: AccountRow): Record<string, unknown> {
  return { ...account, externalIdSet: externalId !== null };
}

export async function auditAccount(
  ctx: Ctx,
  tx: Database,
  action: string,
  accountId: string,
  before: unknown,
  after: unknown,
): Promise<void> {
  await appendAuditEvent(tx, {
    ...auditedBy(ctx),
    action,
    permission: "accounts:write",
    subjectType: "account",
    subjectKey: accountId,
    before,
    after,
  });
}

/** The entity of a default owner's name or alias, created unverified when there is none; null for no owner. */
export async function defaultOwnerIdOf(
  tx: Database,
  name: string | null | undefined,
  at: Date,
): Promise<number | null> {
  const key = normalizeOwnerKey(name ?? "");
  if (!name || key === "") return null;
  const find = async (): Promise<number | null> => {
    const owners = await loadOwners(tx);
    const byKey = owners.find((owner) => owner.key === key);
    const byAlias = owners.find((owner) => owner.aliases.some((alias) => normalizeOwnerKey(alias) === key));
    return (byKey ?? byAlias)?.id ?? null;
  };
  const known = await find();
  if (known !== null) return known;
  await insertUnverifiedOwners(tx, [{ key, displayName: name.trim() }], at);
  return find();
}

/** Throws invalid-input for a region in which Amazon MQ is not known to exist: a typing error would be read as "no brokers there". */
export function requireRegions(regions: readonly string[]): void {
  const unknown = regions.filter((region) => !findMqRegion(region));
  if (unknown.length > 0) throw new AppError("invalid-input", `Amazon MQ is not known in ${unknown.join(", ")}.`);
}

/** An account as the API shows it. Throws not-found. */
export async function readAccountItem(ctx: Ctx, accountId: string): Promise<AccountItem> {
  const item = (await readAccounts({ ctx })).items.find((account) => account.accountId === accountId);
  if (!item) throw new AppError("not-found", `Account ${accountId} is not connected.`);
  return item;
}
