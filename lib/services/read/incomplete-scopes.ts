import { loadAccounts } from "@/lib/db/account-store";
import { incompleteScopes } from "@/lib/db/fleet-queries";
import { OPTIONAL_SOURCES } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { planOutcomes } from "@/lib/services/plan-sync";
import { scopeKeyText } from "@/lib/services/sync-job";

export type IncompleteScope = Awaited<ReturnType<typeof incompleteScopes>>[number];

/**
 * The scopes whose last reading was not complete and that the next sync would read: a region, a cost reading or metrics that were taken out after
 * they failed are no defect any more. What an account or endpoint does not have (an opt-in, a support plan) is none either.
 */
export async function readIncompleteScopes({ ctx }: { ctx: Ctx }): Promise<IncompleteScope[]> {
  const scopes = (await incompleteScopes(ctx.db)).filter(
    ({ source, status }) => !(OPTIONAL_SOURCES.has(source) && status === "unsupported"),
  );
  if (scopes.length === 0) return [];
  const [accounts, settings] = await Promise.all([loadAccounts(ctx.db), currentSettings(ctx.db)]);
  const planned = planOutcomes({
    accounts: accounts.filter((account) => account.enabled && account.removedAt === null),
    states: new Map(),
    at: ctx.clock.now(),
    readMetrics: settings.metricsSeriesPerBroker > 0,
  });
  const read = new Set(planned.map(scopeKeyText));
  return scopes.filter((scope) => read.has(scopeKeyText(scope)));
}

/** At most `limit` of the scopes, in their order, and something of every source among them. Pure. */
export function someOfEachSource<T extends { source: string }>(scopes: readonly T[], limit: number): T[] {
  const perSource = new Map<string, number>();
  const ranked = scopes.map((scope, index) => {
    const rank = perSource.get(scope.source) ?? 0;
    perSource.set(scope.source, rank + 1);
    return { scope, index, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, limit)
    .sort((a, b) => a.index - b.index)
    .map(({ scope }) => scope);
}
