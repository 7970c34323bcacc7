import type { FinishedOutcome } from "@/lib/db/sync-outcome-store";
import type { ScopeStateRow } from "@/lib/db/sync-scope-state-store";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { SyncSource } from "@/lib/domain/sync";
import { FOLLOWING_SOURCES, type ScopeJob, scopeKeyText } from "@/lib/services/sync-job";
import { emptyOutcome, skippedOutcome } from "@/lib/services/sync-outcome-of";

/** Facts of brokers that are read again when a broker changed, and once a day at least. */
const READ_ON_CHANGE: ReadonlySet<SyncSource> = new Set(["ec2-network", "mq-configuration-list", "mq-users"]);
/** What a region can hold without a broker: the configuration of one that was deleted stays. */
const READ_WITHOUT_BROKERS: ReadonlySet<SyncSource> = new Set(["mq-configuration-list"]);

export interface FollowedInventory {
  accountId: string;
  region: string;
  /** Business time of the run. */
  at: Date;
  outcomes: readonly FinishedOutcome[];
  /** Whether the scope has, or had, brokers. */
  hasBrokers: boolean;
  /** Whether something about a broker of the scope changed. */
  changed: boolean;
  isOpen: (scopeKey: string) => boolean;
  stateOf: (source: SyncSource) => Pick<ScopeStateRow, "lastStatus" | "lastAttemptAt" | "lastCompleteAt"> | undefined;
}

/** What becomes of the sources that follow the inventory of a region: read next, or settled because there is nothing to read. Pure. */
export function followInventory(inventory: FollowedInventory): { outcomes: FinishedOutcome[]; followUps: ScopeJob[] } {
  const { accountId, region } = inventory;
  const off = inventory.outcomes.find(({ source, status }) => source === "mq-brokers" && status === "region-off");
  const outcomes: FinishedOutcome[] = [];
  const followUps: ScopeJob[] = [];
  for (const source of FOLLOWING_SOURCES) {
    const key = { source, accountId, region };
    if (!inventory.isOpen(scopeKeyText(key))) continue;
    const notDue = READ_ON_CHANGE.has(source) ? whyNotDue(inventory, source) : null;
    if (off) outcomes.push({ ...off, ...key, requestCount: 0 });
    else if (!inventory.hasBrokers && !READ_WITHOUT_BROKERS.has(source))
      outcomes.push(emptyOutcome(key, "There are no brokers in this region."));
    else if (notDue) outcomes.push(skippedOutcome(key, notDue));
    else followUps.push(key);
  }
  return { outcomes, followUps };
}

function whyNotDue({ at, changed, stateOf }: FollowedInventory, source: SyncSource): string | null {
  const state = stateOf(source);
  const today = plainDateFromInstantUtc(at);
  const isToday = (instant: Date | null): boolean => instant !== null && plainDateFromInstantUtc(instant) === today;
  if (!state) return null;
  if (state.lastStatus === "unsupported" && isToday(state.lastAttemptAt)) {
    return `Asked for once a day: ${state.lastAttemptAt.toISOString()}.`;
  }
  return state.lastStatus === "complete" && isToday(state.lastCompleteAt) && !changed
    ? `No broker of this region changed since ${state.lastCompleteAt?.toISOString()}.`
    : null;
}
