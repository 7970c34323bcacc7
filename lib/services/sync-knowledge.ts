import { type KnownBroker, knownBrokers } from "@/lib/db/broker-store";
import type { Database } from "@/lib/db/client";
import { loadScopeStates, type ScopeStateRow } from "@/lib/db/sync-scope-state-store";
import { scopeKeyText } from "@/lib/services/sync-job";

/**
 * What was known before the run, read by two queries for all scopes. It stays true while the run lasts: one process executes a run, and nobody
 * else writes observed columns.
 */
export interface SyncKnowledge {
  brokersOf(accountId: string, region: string): readonly KnownBroker[];
  stateOf(scope: { source: string; accountId: string; region: string }): ScopeStateRow | undefined;
}

export async function loadSyncKnowledge(db: Database): Promise<SyncKnowledge> {
  const [brokers, states] = await Promise.all([knownBrokers(db), loadScopeStates(db)]);
  const byScope = new Map<string, KnownBroker[]>();
  for (const broker of brokers) {
    const scope = `${broker.accountId}|${broker.region}`;
    const there = byScope.get(scope);
    if (there) there.push(broker);
    else byScope.set(scope, [broker]);
  }
  const stateByScope = new Map(states.map((state) => [scopeKeyText(state), state]));
  return {
    brokersOf: (accountId, region) => byScope.get(`${accountId}|${region}`) ?? [],
    stateOf: (scope) => stateByScope.get(scopeKeyText(scope)),
  };
}
