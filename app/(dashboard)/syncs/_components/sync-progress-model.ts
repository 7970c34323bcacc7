import type { SyncDetail } from "@/lib/contracts/syncs";

export type ScopeProgress = SyncDetail["progress"][number];

export interface AccountProgress {
  accountId: string;
  accountName: string | null;
  done: number;
  total: number;
  /** What there is something to tell of: something read, being read, or gone wrong. */
  regions: ScopeProgress[];
}

/** How many of the scopes are over. */
export function progressOf(progress: readonly ScopeProgress[]): { done: number; total: number } {
  return {
    done: progress.reduce((sum, { done }) => sum + done, 0),
    total: progress.reduce((sum, { total }) => sum + total, 0),
  };
}

/** The scopes of a run by account, in the order they come in; most regions of most accounts hold nothing and are only counted. */
export function progressByAccount(progress: readonly ScopeProgress[]): AccountProgress[] {
  const accounts = new Map<string, AccountProgress>();
  for (const scope of progress) {
    const { accountId, accountName, done, total } = scope;
    const account = accounts.get(accountId) ?? { accountId, accountName, done: 0, total: 0, regions: [] };
    accounts.set(accountId, account);
    account.done += done;
    account.total += total;
    if (scope.items > 0 || scope.running || scope.problems > 0) account.regions.push(scope);
  }
  return [...accounts.values()];
}
