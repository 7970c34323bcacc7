import { setImmediate as breath } from "node:timers/promises";
import { loadAccounts } from "@/lib/db/account-store";
import {
  brokersToEvaluate,
  changesSinceLastEvaluation,
  type EvaluatedBroker,
  storeDerivations,
} from "@/lib/db/broker-evaluation-store";
import { insertBrokerChanges } from "@/lib/db/broker-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { findingsOfBrokers, storeFindings } from "@/lib/db/finding-store";
import { insertUnverifiedOwners, loadOwners, openAssignments } from "@/lib/db/owner-store";
import { standingReplacements } from "@/lib/db/replacement-store";
import { contactableOwners } from "@/lib/db/rule-fact-queries";
import { earliestCostDayReadSinceEvaluation } from "@/lib/db/sync-cost-change-store";
import { describedBeforeRun, lockEvaluation } from "@/lib/db/sync-observation-store";
import { loadScopeStates } from "@/lib/db/sync-scope-state-store";
import { fixedClock } from "@/lib/domain/clock";
import { FLAP_WINDOW_DAYS } from "@/lib/domain/finding";
import { addMonths, earlierOf, type PlainDate, plainDateFromInstantUtc, startOfMonth } from "@/lib/domain/plain-date";
import type { RuleContext } from "@/lib/rules/define-rule";
import { RULES } from "@/lib/rules/registry";
import { allocateCosts } from "@/lib/services/allocate-costs";
import { type Classification, createClassifier, missingOwners } from "@/lib/services/classify-fleet";
import type { Ctx } from "@/lib/services/ctx";
import { currentAdvisories } from "@/lib/services/current-advisories";
import { currentCalendar } from "@/lib/services/current-calendar";
import { currentPolicy } from "@/lib/services/current-policy";
import { currentSettings } from "@/lib/services/current-settings";
import { type BrokerVerdict, judgeBroker, type ScopeStanding } from "@/lib/services/evaluate-broker-batch";
import { evaluateSubjects } from "@/lib/services/evaluate-subjects";
import { loadRuleFacts } from "@/lib/services/load-rule-facts";
import { regionsOf } from "@/lib/services/plan-sync";
import { recommendSavings } from "@/lib/services/recommend-savings";
import { settleRealisedSavings } from "@/lib/services/settle-realised-savings";
import { finalReplacements, type JudgedReplacement, settleReplacements } from "@/lib/services/settle-replacements";
import { snapshotKpis } from "@/lib/services/snapshot-kpis";
import { tickPlanSteps } from "@/lib/services/tick-plan-steps";

/** Brokers judged at a time: bounds memory, whatever the size of the fleet. */
const BATCH = 200;
/** Brokers judged between two turns of the event loop. */
const JUDGED_AT_A_BREATH = 25;
const TIMEOUT_MS = 600_000;
const ACTOR = "system:evaluation";

export interface EvaluationCounts extends Record<string, number> {
  rulesEvaluated: number;
  findingsOpened: number;
  findingsClosed: number;
}

/**
 * Classifies every broker, judges it, and the accounts and configurations, by every rule and brings the findings in line (one transaction); allocates costs that changed; makes and ends cost
 * recommendations; takes the day's KPI snapshot. Needs no AWS: after a sync (`runId`), when settings or rules changed, and when the day turned. `at` is the business instant
 * (default: now). Repeating it changes nothing.
 */
export async function evaluateFleet({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { reason: string; runId?: number; at?: Date };
}): Promise<EvaluationCounts> {
  const at = input.at ?? ctx.clock.now();
  const runId = input.runId ?? null;
  const asOf: Ctx = { ...ctx, clock: fixedClock(at) };
  const locked = <T>(work: (tx: Database) => Promise<T>): Promise<T> =>
    ctx.db.transaction(
      async (tx) => {
        await lockEvaluation(tx);
        return work(tx);
      },
      { timeoutMs: TIMEOUT_MS },
    );
  const counts = await locked((tx) => judgeFleet(tx, at, runId));
  const fromDay = await allocateFrom(ctx.db, at, runId);
  if (fromDay) await allocateCosts({ ctx: asOf, input: { accountIds: null, fromDay } });
  await locked(async (tx) => {
    await recommendSavings(tx, at);
    await settleRealisedSavings(tx, at);
    await snapshotKpis({ ctx: { ...asOf, db: tx }, input: { at } });
    await bumpDataVersions(tx, "fleet");
  });
  ctx.log.info({ reason: input.reason, runId, ...counts }, "fleet evaluated");
  return counts;
}

/**
 * From which day costs are allocated again; null when none were read since the last evaluation (what changed about brokers meanwhile counts with the
 * next read, a day later at most). The month before is done again at least, because its brokers and their owners may be known better now.
 */
async function allocateFrom(db: Database, at: Date, runId: number | null): Promise<PlainDate | null> {
  const read = await earliestCostDayReadSinceEvaluation(db, runId);
  return read && earlierOf(read, addMonths(startOfMonth(plainDateFromInstantUtc(at)), -1));
}

async function judgeFleet(tx: Database, at: Date, runId: number | null): Promise<EvaluationCounts> {
  const settings = await currentSettings(tx);
  const context: RuleContext = {
    now: at,
    today: plainDateFromInstantUtc(at),
    calendar: await currentCalendar(tx),
    advisories: await currentAdvisories(tx),
    policy: await currentPolicy(tx, settings),
  };
  const [facts, contactable, accounts, assignments, standingOf, changesOf, replacements] = await Promise.all([
    loadRuleFacts(tx, { today: context.today }),
    contactableOwners(tx),
    loadAccounts(tx),
    openAssignments(tx),
    scopeStandings(tx, runId),
    changesByArn(tx, runId),
    standingReplacements(tx),
  ]);
  const replacing = new Set(finalReplacements(replacements).values());
  const judged = new Map<number, JudgedReplacement>();
  const reopenableSince = new Date(at.getTime() - FLAP_WINDOW_DAYS * 86_400_000);
  const counts: EvaluationCounts = { rulesEvaluated: 0, findingsOpened: 0, findingsClosed: 0 };
  let owners = await loadOwners(tx);
  const entityOf = (ownerId: number | null) => ({
    verified: owners.find(({ id }) => id === ownerId)?.verified ?? false,
    contactable: ownerId !== null && contactable.has(ownerId),
  });

  // Three batches are under way: one is judged here while the database writes what the one before changed and reads the one after.
  let writing: Promise<void> = Promise.resolve();
  let reading = loadBatch(tx, 0, reopenableSince);
  for (;;) {
    const { brokers, findings } = await reading;
    const last = brokers.at(-1);
    if (!last) break;
    reading = loadBatch(tx, last.id, reopenableSince);
    reading.catch(() => {}); // told by the next await
    const classify = (): Map<number, Classification> => {
      const classifier = createClassifier({ settings, accounts, owners, assignments });
      return new Map(
        brokers.map((b) => [
          b.id,
          classifier.classify({ arn: b.arn, accountId: b.accountId, tags: b.attributes.tags }),
        ]),
      );
    };
    let classifications = classify();
    const missing = missingOwners(classifications.values());
    if (missing.length > 0) {
      await insertUnverifiedOwners(tx, missing, at);
      owners = await loadOwners(tx);
      classifications = classify();
    }
    const verdicts: BrokerVerdict[] = [];
    for (const [place, broker] of brokers.entries()) {
      // Without a breath nothing is sent to the database before the whole batch is judged.
      if (place % JUDGED_AT_A_BREATH === 0) await breath();
      const classification = classifications.get(broker.id);
      if (!classification) continue;
      const own = {
        broker,
        classification,
        standing: standingOf(broker),
        findings: findings.get(broker.id) ?? [],
        changes: changesOf(broker.arn),
        facts: { ...facts.of(broker), ownerEntity: entityOf(classification.ownerId) },
      };
      const verdict = judgeBroker(own, context, ACTOR);
      if (replacing.has(broker.id))
        judged.set(broker.id, { arn: broker.arn, results: verdict.results, observed: verdict.observed });
      verdicts.push(verdict);
    }
    await writing;
    writing = storeVerdicts(tx, verdicts, at, runId);
    writing.catch(() => {}); // told by the next await
    counts.rulesEvaluated += verdicts.length * RULES.length;
    counts.findingsOpened += verdicts.reduce((sum, verdict) => sum + verdict.opened, 0);
    counts.findingsClosed += verdicts.reduce((sum, verdict) => sum + verdict.closed, 0);
  }
  await writing;
  const settled = await settleReplacements(tx, {
    standing: replacements,
    judged,
    now: at,
    reopenableSince,
    runId,
    actor: ACTOR,
  });
  counts.findingsClosed += settled.closed;
  const subjects = await evaluateSubjects(tx, {
    context,
    accounts,
    owners,
    states: await loadScopeStates(tx),
    runId,
    actor: ACTOR,
    reopenableSince,
  });
  counts.rulesEvaluated += subjects.rulesEvaluated;
  counts.findingsOpened += subjects.findingsOpened;
  counts.findingsClosed += subjects.findingsClosed;
  await tickPlanSteps(tx, { at, runId, actor: ACTOR });
  return counts;
}

async function loadBatch(tx: Database, afterId: number, reopenableSince: Date) {
  const brokers = await brokersToEvaluate(tx, afterId, BATCH);
  const ids = brokers.map((broker) => broker.id);
  return { brokers, findings: await findingsOfBrokers(tx, ids, reopenableSince) };
}

async function storeVerdicts(
  tx: Database,
  verdicts: readonly BrokerVerdict[],
  at: Date,
  runId: number | null,
): Promise<void> {
  const findings = verdicts.flatMap((verdict) => verdict.findings);
  const derivations = verdicts.flatMap((verdict) => verdict.derivation ?? []);
  const changes = verdicts.flatMap((verdict) => verdict.changes);
  await storeFindings(tx, findings, runId);
  await storeDerivations(tx, derivations);
  await insertBrokerChanges(tx, changes, at, runId);
}

/** How the scopes stand, from their latest states. Within a run the observation before is the one of an earlier run. */
async function scopeStandings(tx: Database, runId: number | null): Promise<(broker: EvaluatedBroker) => ScopeStanding> {
  const [states, accounts, before] = await Promise.all([
    loadScopeStates(tx),
    loadAccounts(tx),
    runId === null ? null : describedBeforeRun(tx, runId),
  ]);
  const byScope = new Map(states.map((state) => [`${state.source}|${state.accountId}|${state.region}`, state]));
  const regions = new Map(
    accounts
      .filter((account) => account.removedAt === null)
      .map((account) => [account.accountId, new Set(regionsOf(account))]),
  );
  return ({ accountId, region }) => {
    const described = byScope.get(`mq-descriptions|${accountId}|${region}`);
    const describedAt = described?.lastReadAt ?? null;
    return {
      inScope: regions.get(accountId)?.has(region) ?? false,
      lastAttemptRead: described?.lastStatus === "complete" || described?.lastStatus === "partial",
      describedAt,
      listedAt: byScope.get(`mq-brokers|${accountId}|${region}`)?.lastReadAt ?? null,
      describedBefore: before ? (before.get(`${accountId}|${region}`) ?? null) : describedAt,
    };
  };
}

async function changesByArn(tx: Database, runId: number | null) {
  const changes = runId === null ? [] : await changesSinceLastEvaluation(tx, runId);
  const byArn = new Map<string, typeof changes>();
  for (const change of changes) {
    const there = byArn.get(change.arn);
    if (there) there.push(change);
    else byArn.set(change.arn, [change]);
  }
  return (arn: string) => byArn.get(arn) ?? [];
}
