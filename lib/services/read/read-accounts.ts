import type { z } from "zod";
import { homePolicy, POLICY_ACTIONS, readOnlyPolicy, trustPolicy } from "@/lib/aws/policy";
import type { AccountItem, accountList, discoveredAccounts, policyDocuments } from "@/lib/contracts/accounts";
import { accountScopes, brokerCounts, defaultOwners } from "@/lib/db/account-queries";
import { loadAccounts } from "@/lib/db/account-store";
import type { OutcomeStatus } from "@/lib/domain/sync";
import { MQ_REGIONS } from "@/lib/reference/regions";
import type { Ctx } from "@/lib/services/ctx";
import { remembered } from "@/lib/services/read/remembered";

/** Outcomes after which nothing that AWS would tell is missing, or is not due yet. */
const FINE: readonly OutcomeStatus[] = ["complete", "skipped", "region-off", "pending", "running", "unsupported"];

/** Connected accounts with those of their scopes that have problems. Accounts taken out of scope are not listed. */
export function readAccounts({ ctx }: { ctx: Ctx }): Promise<z.input<typeof accountList>> {
  return remembered({ ctx, input: {} }, "accounts", () => computeAccounts({ ctx }));
}

async function computeAccounts({ ctx }: { ctx: Ctx }): Promise<z.input<typeof accountList>> {
  const [accounts, scopes, counts, owners] = await Promise.all([
    loadAccounts(ctx.db),
    accountScopes(ctx.db, FINE),
    brokerCounts(ctx.db),
    defaultOwners(ctx.db),
  ]);
  const scopesOf = new Map(scopes.map((row) => [row.accountId, row]));
  const items: AccountItem[] = accounts
    .filter((a) => a.removedAt === null)
    .map((a) => ({
      accountId: a.accountId,
      name: a.name,
      origin: a.origin,
      roleArn: a.roleArn,
      externalIdSet: a.externalId !== null && a.externalId !== "",
      regions: [...a.regions],
      defaultEnvironment: a.defaultEnvironment,
      defaultOwnerKey: owners.find((o) => o.id === a.defaultOwnerId)?.key ?? null,
      readCosts: a.readCosts,
      enabled: a.enabled,
      addedAt: a.addedAt.toISOString(),
      brokers: counts.find((c) => c.accountId === a.accountId)?.brokers ?? 0,
      scopes: scopesOf.get(a.accountId)?.scopes ?? 0,
      problems: scopesOf.get(a.accountId)?.problems ?? [],
    }));
  return {
    items,
    total: items.length,
    asOf: ctx.clock.now().toISOString(),
    allRegions: MQ_REGIONS.map((r) => r.region),
  };
}

/** Accounts of the AWS organization that the ambient credentials see, with those already connected marked. */
export async function readDiscoverableAccounts({ ctx }: { ctx: Ctx }): Promise<z.input<typeof discoveredAccounts>> {
  const identity = await ctx.aws.ambientIdentity();
  const self = identity.items[0];
  if (!self) return { available: false, message: identity.message, wayOut: identity.wayOut, items: [] };
  const read = await ctx.aws
    .session({ accountId: self.accountId, roleArn: null, externalId: null })
    .organizationAccounts();
  const connected = new Set((await loadAccounts(ctx.db)).filter((a) => a.removedAt === null).map((a) => a.accountId));
  return {
    available: read.status === "complete" || read.status === "partial",
    message: read.message,
    wayOut: read.wayOut,
    items: read.items.map((a) => ({ ...a, connected: connected.has(a.accountId) })),
  };
}

/** The policies to give to the role of an account and to the server's own identity, with a fresh external id suggested. */
export async function readPolicyDocuments({ ctx }: { ctx: Ctx }): Promise<z.input<typeof policyDocuments>> {
  const identity = (await ctx.aws.ambientIdentity()).items[0] ?? null;
  const partition = identity?.partition ?? "aws";
  const externalId = `mq-steward-${crypto.randomUUID()}`;
  return {
    policy: readOnlyPolicy(),
    trustPolicy: trustPolicy({ principalAccountId: identity?.accountId ?? "111122223333", externalId, partition }),
    homePolicy: homePolicy({ partition }),
    suggestedExternalId: externalId,
    principalAccountId: identity?.accountId ?? null,
    principalArn: identity?.arn ?? null,
    partition,
    actions: POLICY_ACTIONS.map(({ action, reason, where }) => ({ action, reason, where })),
  };
}
