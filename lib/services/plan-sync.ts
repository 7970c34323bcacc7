import { type AccountRow, loadAccounts, saveAccount } from "@/lib/db/account-store";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { analyzeOutcomes, insertOutcomes, type PlannedOutcome } from "@/lib/db/sync-outcome-store";
import { findRun, type SyncRunRow, setRunPhase } from "@/lib/db/sync-run-store";
import { loadScopeStates, type ScopeStateRow } from "@/lib/db/sync-scope-state-store";
import { AppError, isErrorCode } from "@/lib/domain/errors";
import { diffDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { SyncSource } from "@/lib/domain/sync";
import { regionsOfPartition } from "@/lib/reference/regions";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { type ScopeJob, scopeKeyText } from "@/lib/services/sync-job";

/** The account of an endpoint that does not know STS: AWS-compatible servers use it for "no account". */
const ACCOUNT_WITHOUT_STS = "000000000000";

/** Sources that are read once in so many UTC days; the others with every sync. */
const READ_EVERY_DAYS: ReadonlyMap<SyncSource, number> = new Map<SyncSource, number>([
  ["mq-offers", 1],
  ["cost-usage", 1],
  ["cost-resources", 1],
  ["metrics", 1],
  ["cloudtrail-events", 1],
  ["health-events", 1],
  ["price-list", 7],
]);
/** Outcomes of such a source after which asking again before that would bring nothing new. */
const SETTLED = new Set(["complete", "unsupported", "region-off"]);

/**
 * Decides what a run reads: every connected account (the ambient one is registered when there is none), every region of it, every source that is
 * due. Inserts the outcomes as pending and returns the first jobs, one per account; each makes the next possible. Repeating a plan changes
 * nothing. Throws the credentials' error where not even the ambient identity can be told and no account is connected.
 */
export async function planSync({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: {
    runId: number;
    /** Sources that this run does not read although they are due. */
    leaveOut?: readonly SyncSource[];
    within?: (tx: Database, jobs: readonly ScopeJob[]) => Promise<void>;
  };
}): Promise<ScopeJob[]> {
  const run = await findRun(ctx.db, input.runId);
  if (run?.status !== "running") return [];
  const accounts = await accountsToRead(ctx, run);
  const [settings, states] = await Promise.all([currentSettings(ctx.db), loadScopeStates(ctx.db)]);
  const planned = planOutcomes({
    accounts,
    states: new Map(states.map((state) => [scopeKeyText(state), state])),
    at: run.asOf,
    readMetrics: settings.metricsSeriesPerBroker > 0,
    leaveOut: new Set(input.leaveOut),
  });
  const jobs = accounts.map(
    (account): ScopeJob => ({ source: "sts-identity", accountId: account.accountId, region: "" }),
  );
  await ctx.db.transaction(async (tx) => {
    await insertOutcomes(tx, run.id, planned);
    await analyzeOutcomes(tx);
    await setRunPhase(tx, run.id, "reading");
    await input.within?.(tx, jobs);
  });
  return jobs;
}

/** The outcomes of a run, in a fixed order. Pure. */
export function planOutcomes(input: {
  accounts: readonly Pick<AccountRow, "accountId" | "partition" | "regions" | "readCosts">[];
  states: ReadonlyMap<string, Pick<ScopeStateRow, "lastAttemptAt" | "lastStatus">>;
  at: Date;
  readMetrics: boolean;
  leaveOut?: ReadonlySet<SyncSource>;
}): PlannedOutcome[] {
  const today = plainDateFromInstantUtc(input.at);
  const outcomes: PlannedOutcome[] = [];
  const add = (source: PlannedOutcome["source"], accountId: string, region: string): void => {
    if (input.leaveOut?.has(source)) {
      outcomes.push({ source, accountId, region, status: "skipped", message: "Left out of this sync." });
      return;
    }
    const days = READ_EVERY_DAYS.get(source) ?? 0;
    const state = days > 0 ? input.states.get(scopeKeyText({ source, accountId, region })) : undefined;
    const settled =
      state && SETTLED.has(state.lastStatus) && diffDays(plainDateFromInstantUtc(state.lastAttemptAt), today) < days;
    outcomes.push(
      settled
        ? {
            source,
            accountId,
            region,
            status: "skipped",
            message: `Read once ${days === 1 ? "a day" : `in ${days} days`}: ${state.lastAttemptAt.toISOString()}.`,
          }
        : { source, accountId, region, status: "pending" },
    );
  };
  // What AWS offers is the same for every account: the first account with the region asks for all.
  const regionsWithOffers = new Set<string>();
  for (const account of input.accounts) {
    add("sts-identity", account.accountId, "");
    for (const region of regionsOf(account)) {
      for (const source of ["mq-brokers", "mq-descriptions", "mq-configurations"] as const) {
        add(source, account.accountId, region);
      }
      add("ec2-network", account.accountId, region);
      add("mq-configuration-list", account.accountId, region);
      add("mq-users", account.accountId, region);
      add("cloudtrail-events", account.accountId, region);
      if (input.readMetrics) add("metrics", account.accountId, region);
      if (!regionsWithOffers.has(region)) add("mq-offers", account.accountId, region);
      regionsWithOffers.add(region);
    }
    add("health-events", account.accountId, "");
    // List prices are the same for everybody.
    if (account === input.accounts[0]) add("price-list", account.accountId, "");
    if (account.readCosts) {
      add("cost-usage", account.accountId, "");
      add("cost-resources", account.accountId, "");
    }
  }
  return outcomes;
}

/** Regions an account is read in: its own choice, else all of its partition where Amazon MQ exists. */
export function regionsOf(account: Pick<AccountRow, "partition" | "regions">): readonly string[] {
  return account.regions.length > 0
    ? [...new Set(account.regions)].sort()
    : regionsOfPartition(account.partition).map((row) => row.region);
}

async function accountsToRead(ctx: Ctx, run: SyncRunRow): Promise<AccountRow[]> {
  const connected = (await loadAccounts(ctx.db)).filter((account) => account.removedAt === null);
  if (connected.length > 0) return connected.filter((account) => account.enabled);
  return [await registerAmbientAccount(ctx, run)];
}

async function registerAmbientAccount(ctx: Ctx, run: SyncRunRow): Promise<AccountRow> {
  const identity = await ctx.aws.ambientIdentity();
  const caller = identity.items[0];
  if (!caller && identity.status !== "unsupported") {
    const { errorCode, message, wayOut } = identity;
    await insertOutcomes(ctx.db, run.id, [
      { source: "sts-identity", accountId: "", region: "", status: identity.status, errorCode, message, wayOut },
    ]);
    const code = errorCode !== null && isErrorCode(errorCode) ? errorCode : "aws-credentials";
    throw new AppError(code, [message ?? "AWS does not know who is asking.", wayOut].filter(Boolean).join(" "));
  }
  const account: AccountRow = {
    accountId: caller?.accountId ?? ACCOUNT_WITHOUT_STS,
    name: null,
    partition: caller?.partition ?? "aws",
    origin: "ambient",
    roleArn: null,
    externalId: null,
    regions: [],
    defaultEnvironment: null,
    defaultOwnerId: null,
    readCosts: true,
    enabled: true,
    addedAt: run.asOf,
    removedAt: null,
  };
  await ctx.db.transaction(async (tx) => {
    await saveAccount(tx, account);
    await appendAuditEvent(tx, {
      at: run.asOf,
      actor: "system:sync",
      action: "account.connect",
      permission: null,
      subjectType: "account",
      subjectKey: account.accountId,
      before: null,
      after: { origin: "ambient" },
      requestId: ctx.requestId,
    });
  });
  return account;
}
