import type { SyncDetail } from "@/lib/contracts/syncs";

type Outcome = SyncDetail["outcomes"][number];

export interface RegionProgress {
  region: string;
  done: number;
  total: number;
  items: number;
  running: boolean;
  /** Scopes that ended other than complete (and were due). */
  problems: number;
}

export interface AccountProgress {
  accountId: string;
  accountName: string | null;
  regions: RegionProgress[];
}

const OPEN: ReadonlySet<string> = new Set(["pending", "running"]);
const FINE: ReadonlySet<string> = new Set(["pending", "running", "complete", "skipped", "region-off"]);

/** How many of the scopes are over. */
export function progressOf(outcomes: readonly Outcome[]): { done: number; total: number } {
  return { done: outcomes.filter(({ status }) => !OPEN.has(status)).length, total: outcomes.length };
}

/** The scopes of a run by account and region, both in order; account-wide sources stand under "global". */
export function progressByAccount(outcomes: readonly Outcome[]): AccountProgress[] {
  const accounts = new Map<string, { accountName: string | null; regions: Map<string, RegionProgress> }>();
  for (const { accountId, accountName, region, status, itemCount } of outcomes) {
    const account = accounts.get(accountId) ?? { accountName, regions: new Map<string, RegionProgress>() };
    accounts.set(accountId, account);
    const name = region === "" ? "global" : region;
    const progress = account.regions.get(name) ?? {
      region: name,
      done: 0,
      total: 0,
      items: 0,
      running: false,
      problems: 0,
    };
    account.regions.set(name, progress);
    progress.total += 1;
    progress.items += itemCount;
    if (!OPEN.has(status)) progress.done += 1;
    if (status === "running") progress.running = true;
    if (!FINE.has(status)) progress.problems += 1;
  }
  return [...accounts]
    .map(([accountId, { accountName, regions }]) => ({
      accountId,
      accountName,
      regions: [...regions.values()].sort((a, b) => a.region.localeCompare(b.region)),
    }))
    .sort((a, b) => a.accountId.localeCompare(b.accountId));
}
