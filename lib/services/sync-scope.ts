import type { AccountSession } from "@/lib/aws/gateway";
import type { Settings } from "@/lib/contracts/settings";
import { type AccountRow, loadAccounts } from "@/lib/db/account-store";
import { measuredBrokers } from "@/lib/db/broker-measured-store";
import type { Database } from "@/lib/db/client";
import { replaceOffers } from "@/lib/db/offer-store";
import { openOutcomes } from "@/lib/db/sync-outcome-store";
import { findRun } from "@/lib/db/sync-run-store";
import { fixedClock } from "@/lib/domain/clock";
import { AppError } from "@/lib/domain/errors";
import type { SyncSource } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { regionsOf } from "@/lib/services/plan-sync";
import { readCosts, readResourceCosts } from "@/lib/services/read-costs";
import { readMetrics } from "@/lib/services/read-metrics";
import { followInventory } from "@/lib/services/sync-follow-inventory";
import { followsInventory, JOB_SOURCES, type ScopeJob, scopeKeyText, sourcesOfJob } from "@/lib/services/sync-job";
import { loadSyncKnowledge, type SyncKnowledge } from "@/lib/services/sync-knowledge";
import { outcomeBlockedBy, outcomeOf } from "@/lib/services/sync-outcome-of";
import { readCloudTrailScope } from "@/lib/services/sync-read-cloudtrail";
import { readConfigurationScope } from "@/lib/services/sync-read-configurations";
import { readHealthScope } from "@/lib/services/sync-read-health";
import { readInventory } from "@/lib/services/sync-read-inventory";
import { readNetworkScope } from "@/lib/services/sync-read-network";
import { readPriceScope } from "@/lib/services/sync-read-prices";
import { readUserScope } from "@/lib/services/sync-read-users";
import { type ScopeReading, StoreQueue } from "@/lib/services/sync-store-queue";

/** Everything the jobs of one run share. One process at a time has one (the executor lock sees to it). */
export interface RunReader {
  readonly runId: number;
  /** Business time of the run. */
  readonly at: Date;
  /** Outcomes that were open when the reader was made. */
  readonly planned: number;
  /** Reads and stores a job; returns the jobs it made possible. A job whose outcomes are settled already does nothing. */
  read(job: ScopeJob): Promise<readonly ScopeJob[]>;
  /** Settles a job's outcomes as failed: its reading threw, and trying again did not help. */
  giveUp(job: ScopeJob, error: unknown): Promise<void>;
}

export interface RunReaderOptions {
  ctx: Ctx;
  runId: number;
  onStored?: (tx: Database, followUps: readonly ScopeJob[]) => Promise<void>;
  /** Gets every reading when it is stored. */
  onReading?: (reading: ScopeReading) => void;
}

interface RunScope {
  ctx: Ctx;
  runId: number;
  at: Date;
  accounts: ReadonlyMap<string, AccountRow>;
  settings: Settings;
  knowledge: SyncKnowledge;
  /** Scopes of the run that are not settled yet. */
  open: Map<string, { source: SyncSource; accountId: string; region: string }>;
  store: StoreQueue;
}

/** Opens the reader of a planned run. Throws conflict when the run is not running. */
export async function openRunReader({ ctx, runId, onStored, onReading }: RunReaderOptions): Promise<RunReader> {
  const run = await findRun(ctx.db, runId);
  if (run?.status !== "running") throw new AppError("conflict", `Sync ${runId} is not running.`);
  const [accounts, settings, knowledge, open] = await Promise.all([
    loadAccounts(ctx.db),
    currentSettings(ctx.db),
    loadSyncKnowledge(ctx.db),
    openOutcomes(ctx.db, runId),
  ]);
  const scope: RunScope = {
    ctx,
    runId,
    at: run.asOf,
    accounts: new Map(accounts.map((account) => [account.accountId, account])),
    settings,
    knowledge,
    open: new Map(open.map((key) => [scopeKeyText(key), key])),
    store: new StoreQueue({ db: ctx.db, runId, at: run.asOf, onStored }),
  };
  const settle = async (job: ScopeJob, reading: ScopeReading): Promise<readonly ScopeJob[]> => {
    await scope.store.store(reading);
    for (const outcome of reading.outcomes) scope.open.delete(scopeKeyText(outcome));
    onReading?.(reading);
    ctx.log.debug({ runId, job, outcomes: reading.outcomes.map((o) => o.status) }, "scope stored");
    return reading.followUps;
  };
  return {
    runId,
    at: run.asOf,
    planned: open.length,
    read: async (job) => {
      if (!scope.open.has(scopeKeyText(job))) return [];
      scope.store.started(sourcesOfJob(job.source).map((source) => ({ ...job, source })));
      return settle(job, await readJob(scope, job));
    },
    giveUp: async (job, error) => {
      ctx.log.error({ err: error, runId, job }, "reading a scope failed unexpectedly");
      const failed = { ...FAILED, message: "The product itself failed while reading this; its log says how." };
      const outcomes = openOf(scope, job.accountId)
        .filter((key) => dependsOn(key, job))
        .map((key) => outcomeOf(key, failed, { requestCount: 0 }));
      await settle(job, { outcomes, requests: {}, followUps: [] });
    },
  };
}

const FAILED = {
  status: "failed",
  items: [],
  failures: [],
  errorCode: "internal",
  wayOut: "Start another sync. Where it happens again, report it with the log.",
} as const;

function openOf(scope: RunScope, accountId: string): { source: SyncSource; accountId: string; region: string }[] {
  return [...scope.open.values()].filter((key) => key.accountId === accountId);
}

/** Whether a scope is settled by a job or can only be read after it: nothing of an account without its identity, much after its brokers. */
function dependsOn(key: { source: SyncSource; region: string }, job: ScopeJob): boolean {
  if (job.source === "sts-identity") return true;
  if (key.region !== job.region) return false;
  return sourcesOfJob(job.source).includes(key.source) || (job.source === "mq-brokers" && followsInventory(key.source));
}

async function readJob(scope: RunScope, job: ScopeJob): Promise<ScopeReading> {
  const account = scope.accounts.get(job.accountId);
  if (!account) throw new AppError("not-found", `Account ${job.accountId} is not connected.`);
  const session = scope.ctx.aws.session({
    accountId: account.accountId,
    roleArn: account.roleArn,
    externalId: account.externalId,
  });
  switch (job.source) {
    case "sts-identity":
      return readIdentity(scope, session, account);
    case "mq-brokers":
      return readRegion(scope, session, job, regionsOf(account));
    case "ec2-network":
      return readNetworkScope(scope.ctx.db, session, job, scope.at);
    case "mq-configuration-list":
      return readConfigurationScope(session, job, scope.at);
    case "mq-users":
      return readUserScope(scope.ctx.db, session, job, scope.at);
    case "cloudtrail-events": {
      const lastCompleteAt = scope.knowledge.stateOf(job)?.lastCompleteAt ?? null;
      return readCloudTrailScope(session, job, { at: scope.at, lastCompleteAt });
    }
    case "health-events": {
      const lastCompleteAt = scope.knowledge.stateOf(job)?.lastCompleteAt ?? null;
      return readHealthScope(session, job, { at: scope.at, lastCompleteAt });
    }
    case "price-list":
      return readPriceScope(session, job, scope.at);
    case "mq-offers":
      return readOffers(scope, session, job);
    case "cost-usage":
      return readCostScope(scope, session, job, readCosts);
    case "cost-resources":
      return readCostScope(scope, session, job, readResourceCosts);
    case "metrics":
      return readMetricScope(scope, session, job);
  }
}

/** Whether the account lets us in; if not, nothing else of it is tried, and every scope says why. */
async function readIdentity(scope: RunScope, session: AccountSession, account: AccountRow): Promise<ScopeReading> {
  const key = { source: "sts-identity", accountId: account.accountId, region: "" } as const;
  const identity = await session.identity();
  const requests = session.counts();
  const caller = identity.items[0];
  const stranger = caller && caller.accountId !== account.accountId;
  const result = stranger
    ? {
        ...FAILED,
        status: "denied" as const,
        errorCode: "aws-credentials",
        message: `The credentials lead to account ${caller.accountId}, not to ${account.accountId}.`,
        wayOut: "Correct the role of this account in the settings, or start with credentials of this account.",
      }
    : identity;
  const own = outcomeOf(key, result, { requestCount: requests.sts?.requests ?? 0 });
  const others = openOf(scope, account.accountId).filter((open) => open.source !== "sts-identity");
  if (result.status !== "complete" && result.status !== "unsupported") {
    const why = "Not tried, because the account could not be entered.";
    return { outcomes: [own, ...others.map((open) => outcomeBlockedBy(open, result, why))], requests, followUps: [] };
  }
  const followUps = others.flatMap(({ source, accountId, region }): ScopeJob[] => {
    const job = JOB_SOURCES.find((candidate) => candidate === source);
    return job && !followsInventory(job) ? [{ source: job, accountId, region }] : [];
  });
  return { outcomes: [own], requests, followUps };
}

async function readRegion(
  scope: RunScope,
  session: AccountSession,
  job: ScopeJob,
  regionsRead: readonly string[],
): Promise<ScopeReading> {
  const { accountId, region } = job;
  const stateOf = (source: SyncSource) => scope.knowledge.stateOf({ source, accountId, region });
  const inventory = await readInventory(scope.ctx.db, session, {
    accountId,
    region,
    regionsRead: new Set(regionsRead),
    at: scope.at,
    describedBefore: stateOf("mq-descriptions")?.lastReadAt ?? null,
    listedBefore: stateOf("mq-brokers")?.lastCompleteAt ?? null,
    known: scope.knowledge.brokersOf(accountId, region),
    onProgress: (source, done, expected) => scope.store.progress({ source, accountId, region }, done, expected),
  });
  const following = followInventory({
    accountId,
    region,
    at: scope.at,
    outcomes: inventory.outcomes,
    hasBrokers: inventory.present > 0 || scope.knowledge.brokersOf(accountId, region).length > 0,
    changed: inventory.brokers.length > 0,
    isOpen: (scopeKey) => scope.open.has(scopeKey),
    stateOf,
  });
  return {
    outcomes: [...inventory.outcomes, ...following.outcomes],
    requests: session.counts(),
    counts: inventory.counts,
    brokers: inventory.brokers,
    payloads: inventory.payloads,
    changes: inventory.changes,
    revisions: inventory.revisions.map((revision) => ({ ...revision, accountId, region })),
    followUps: following.followUps,
  };
}

/** Costs are stored by their own service; what is left to store is the outcome. */
async function readCostScope(
  scope: RunScope,
  session: AccountSession,
  job: ScopeJob,
  read: typeof readCosts,
): Promise<ScopeReading> {
  const reading = await read({
    ctx: { ...scope.ctx, clock: fixedClock(scope.at) },
    input: {
      session,
      accountId: job.accountId,
      runId: scope.runId,
      lastCompleteAt: scope.knowledge.stateOf(job)?.lastCompleteAt ?? null,
      force: true,
    },
  });
  const requests = session.counts();
  const { itemCount } = reading;
  return {
    outcomes: [outcomeOf(job, { ...reading, items: [] }, { itemCount, requestCount: requests.ce?.requests ?? 0 })],
    requests,
    followUps: [],
  };
}

/** Metrics, too, are stored by their own service. */
async function readMetricScope(scope: RunScope, session: AccountSession, job: ScopeJob): Promise<ScopeReading> {
  const { accountId, region } = job;
  const reading = await readMetrics({
    ctx: { ...scope.ctx, clock: fixedClock(scope.at) },
    input: {
      session,
      region,
      brokers: await measuredBrokers(scope.ctx.db, accountId, region),
      lastCompleteAt: scope.knowledge.stateOf(job)?.lastCompleteAt ?? null,
      now: scope.at,
      seriesPerBroker: scope.settings.metricsSeriesPerBroker,
      force: true,
    },
  });
  const requests = session.counts();
  const { itemCount } = reading;
  return {
    outcomes: [
      outcomeOf(job, { ...reading, items: [] }, { itemCount, requestCount: requests.cloudwatch?.requests ?? 0 }),
    ],
    requests,
    followUps: [],
  };
}

async function readOffers(scope: RunScope, session: AccountSession, job: ScopeJob): Promise<ScopeReading> {
  const offers = await session.offers(job.region);
  const requests = session.counts();
  const rows = offers.items.map(({ kind, ...payload }) => ({
    kind,
    key:
      "version" in payload
        ? `${payload.engine}/${payload.version}`
        : `${payload.engine}/${payload.instanceType}/${payload.storageType ?? ""}`,
    payload,
  }));
  return {
    outcomes: [outcomeOf(job, offers, { requestCount: requests.mq?.requests ?? 0 })],
    requests,
    // What was read in part would make the rest look as if AWS had stopped offering it.
    write: offers.status === "complete" ? (tx) => replaceOffers(tx, job.region, rows, scope.at) : undefined,
    followUps: [],
  };
}
