import type { AccountRow } from "@/lib/db/account-store";
import type { Database } from "@/lib/db/client";
import { type FindingWrite, findingsOfOtherSubjects, type StoredFinding, storeFindings } from "@/lib/db/finding-store";
import type { OwnerRow } from "@/lib/db/owner-store";
import { replaceSubjectOutcomes } from "@/lib/db/subject-outcome-store";
import { readBeforeRun } from "@/lib/db/sync-observation-store";
import type { ScopeStateRow } from "@/lib/db/sync-scope-state-store";
import { NOT_OF_SUBJECT } from "@/lib/domain/finding-subject";
import { effectiveDueOn, isDueMoved } from "@/lib/findings/due-on";
import type { ReconciledFinding } from "@/lib/findings/finding-outcome";
import { endSubject, reconcileSubject } from "@/lib/findings/reconcile-subject";
import type { RuleContext } from "@/lib/rules/define-rule";
import { evaluateSubject } from "@/lib/rules/evaluate-subject";
import { SUBJECT_RULES } from "@/lib/rules/registry";
import { isOpening, sameFields } from "@/lib/services/evaluate-broker-batch";
import { type LoadedSubject, loadSubjects } from "@/lib/services/load-subjects";
import { regionsOf } from "@/lib/services/plan-sync";

export interface SubjectEvaluation {
  context: RuleContext;
  accounts: readonly AccountRow[];
  owners: readonly OwnerRow[];
  states: readonly ScopeStateRow[];
  runId: number | null;
  actor: string;
  reopenableSince: Date;
}

/**
 * Judges accounts and configurations by the rules about them and brings their findings in line, in the caller's transaction. A configuration that is
 * no longer stored was not in a complete listing, so it is gone; what belongs to an account or region that is not read any more is out of scope.
 */
export async function evaluateSubjects(
  tx: Database,
  input: SubjectEvaluation,
): Promise<{ rulesEvaluated: number; findingsOpened: number; findingsClosed: number }> {
  const { context, accounts, owners, states, runId, actor } = input;
  const { now } = context;
  const [subjects, findings, before] = await Promise.all([
    loadSubjects(tx, { now, accounts, owners, states }),
    findingsOfOtherSubjects(tx, input.reopenableSince),
    previousReadings(tx, input),
  ]);
  const left = new Map<string, StoredFinding[]>();
  for (const finding of findings) {
    const key = `${finding.subjectType}|${finding.subjectKey}`;
    left.set(key, [...(left.get(key) ?? []), finding]);
  }

  const writes: FindingWrite[] = [];
  const outcomes = [];
  const counts = { rulesEvaluated: 0, findingsOpened: 0, findingsClosed: 0 };
  const settle = (
    known: readonly StoredFinding[],
    after: readonly ReconciledFinding[],
    loaded: LoadedSubject | null,
  ) => {
    for (const one of after) {
      if (one.events.some(isOpening)) counts.findingsOpened += 1;
      if (one.events.some((event) => event.to === "closed")) counts.findingsClosed += 1;
      const stored = known.find((f) => f.ruleId === one.ruleId && f.discriminator === one.discriminator);
      const write = findingWrite(one, stored, loaded);
      if (write) writes.push(write);
    }
  };
  for (const loaded of subjects) {
    const { subject, presence, observedAt } = loaded;
    const key = `${subject.type}|${subject.key}`;
    const known = left.get(key) ?? [];
    left.delete(key);
    const results = evaluateSubject(SUBJECT_RULES, subject, context);
    outcomes.push({
      subjectType: subject.type,
      subjectKey: subject.key,
      ruleResults: Object.fromEntries(results.map(({ rule, outcome }) => [rule.id, outcome.kind])),
    });
    counts.rulesEvaluated += results.length;
    if (known.length === 0 && results.every(({ outcome }) => outcome.kind !== "fail")) continue;
    const observation = { now, previousObservedAt: before(loaded), presence, observedAt, actor };
    settle(known, reconcileSubject({ subject, results, findings: known, context, observation }), loaded);
  }
  const inScope = scopeOf(accounts);
  for (const known of left.values()) {
    for (const finding of known) {
      const isRead = inScope(finding);
      const observation = {
        now,
        previousObservedAt: null,
        presence: isRead ? ("gone" as const) : ("out-of-scope" as const),
        actor,
      };
      settle(
        [finding],
        endSubject([finding], (id) => SUBJECT_RULES.find((rule) => rule.id === id), observation),
        null,
      );
    }
  }
  await storeFindings(tx, writes, runId);
  await replaceSubjectOutcomes(tx, outcomes);
  return counts;
}

function scopeOf(accounts: readonly AccountRow[]): (finding: StoredFinding) => boolean {
  const regions = new Map(
    accounts
      .filter(({ removedAt }) => removedAt === null)
      .map((account) => [account.accountId, new Set(regionsOf(account))]),
  );
  return ({ subjectType, shown: { accountId, region } }) =>
    subjectType === "account" ? regions.has(accountId) : (regions.get(accountId)?.has(region) ?? false);
}

/** When what a subject rests on was read before this evaluation: within a run, by an earlier run; the latest of its regions. */
async function previousReadings(
  tx: Database,
  { runId, states }: Pick<SubjectEvaluation, "runId" | "states">,
): Promise<(loaded: LoadedSubject) => Date | null> {
  const sources = ["mq-brokers", "mq-configuration-list"] as const;
  const bySource = new Map(
    await Promise.all(
      sources.map(async (source): Promise<[string, ReadonlyMap<string, Date>]> => {
        if (runId !== null) return [source, await readBeforeRun(tx, runId, source)];
        const read = states.flatMap((state) =>
          state.source === source && state.lastReadAt
            ? [[`${state.accountId}|${state.region}`, state.lastReadAt] as const]
            : [],
        );
        return [source, new Map(read)];
      }),
    ),
  );
  return ({ subject, source, regions }) => {
    const read = regions.flatMap(
      (region) => bySource.get(source)?.get(`${subject.accountId}|${region}`)?.getTime() ?? [],
    );
    return read.length === 0 ? null : new Date(read.reduce((a, b) => Math.max(a, b)));
  };
}

/** Null where nothing of it differs from what is stored. `loaded` is null for a subject that is not there any more: it is shown as it was. */
function findingWrite(
  one: ReconciledFinding,
  stored: StoredFinding | undefined,
  loaded: LoadedSubject | null,
): FindingWrite | null {
  const episode = one.episodes.at(-1);
  if (!episode || (!one.changed && episode.state === "closed")) return null;
  const where = loaded ? placeOf(loaded, one) : stored?.shown;
  const identity = loaded
    ? { subjectType: loaded.subject.type, subjectKey: loaded.subject.key }
    : stored && { subjectType: stored.subjectType, subjectKey: stored.subjectKey };
  if (!where || !identity) return null;
  const shown = {
    accountId: where.accountId,
    region: where.region,
    engine: where.engine,
    environment: where.environment,
    ownerId: where.ownerId,
    dueOn: effectiveDueOn(episode),
    dueMoved: isDueMoved(episode),
    summary: one.failure?.summary ?? stored?.shown.summary ?? "",
  };
  if (!one.changed && stored && sameFields(shown, stored.shown)) return null;
  return {
    ...identity,
    ruleId: one.ruleId,
    discriminator: one.discriminator,
    brokerId: null,
    shown,
    episode,
    episodeChanged: one.changed,
    events: one.events,
  };
}

function placeOf({ subject, ownerId }: LoadedSubject, { ruleId, discriminator }: ReconciledFinding) {
  const { accountId, environment } = subject;
  if (subject.type === "configuration") {
    return { accountId, environment, ownerId, region: subject.region, engine: subject.engine ?? "UNKNOWN" };
  }
  const isRegional = SUBJECT_RULES.some((rule) => rule.id === ruleId && rule.discriminator === "region");
  return {
    accountId,
    environment,
    ownerId,
    region: isRegional ? discriminator : NOT_OF_SUBJECT,
    engine: NOT_OF_SUBJECT,
  };
}
