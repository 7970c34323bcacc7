import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { decisionsOf, type EpisodeDecisions, readDecisions } from "@/lib/db/episode-decisions";
import { toJsonb } from "@/lib/db/to-jsonb";
import {
  CLOSE_CAUSES,
  type EpisodeEvent,
  type EpisodeState,
  FINDING_STATES,
  type FindingIdentity,
  type FindingSnapshot,
  STATES_WITHOUT_WORK,
  severityOfRank,
  severityRank,
} from "@/lib/domain/finding";
import { OTHER_SUBJECT_TYPES } from "@/lib/domain/finding-subject";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";

/** A finding with its latest episode, and the columns that lists show of it. */
export interface StoredFinding extends FindingSnapshot {
  id: number;
  brokerId: number | null;
  shown: ShownFinding;
}

/** What the finding's own row repeats for lists: the broker's classification and the sentence of today. */
export interface ShownFinding {
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  ownerId: number | null;
  dueOn: PlainDate | null;
  /** An approved acceptance has moved the due day, or holds it. */
  dueMoved: boolean;
  summary: string;
}

const evidenceSchema = z.record(z.string(), z.unknown());

interface Row
  extends Omit<
    EpisodeState,
    "severity" | "state" | "closeCause" | "evidence" | "stateBeforeClose" | "dueBaseOn" | keyof EpisodeDecisions
  > {
  id: number;
  findingRuleId: string;
  subjectType: string;
  subjectKey: string;
  discriminator: string;
  brokerId: number | null;
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  ownerId: number | null;
  dueOn: string | null;
  dueMoved: boolean;
  summary: string;
  state: string;
  severity: number;
  closeCause: string | null;
  evidence: unknown;
  stateBeforeClose: string | null;
  dueBaseOn: string | null;
  decisions: unknown;
}

/** Columns of a finding with its latest episode; `$2` is the instant since which a closed episode may still go on. */
const LATEST = `f.id, f.rule_id AS "findingRuleId", f.subject_type AS "subjectType", f.subject_key AS "subjectKey", f.discriminator, f.broker_id AS "brokerId",
       f.account_id AS "accountId", f.region, f.engine, f.environment, f.owner_id AS "ownerId", f.due_on::text AS "dueOn", f.due_moved AS "dueMoved", f.summary,
       e.number, e.state, e.severity, e.opened_at AS "openedAt", e.opened_after AS "openedAfter", e.closed_at AS "closedAt",
       e.closed_after AS "closedAfter", e.close_cause AS "closeCause", e.rule_version AS "ruleVersion", e.recurring, e.flaps, e.evidence,
       e.observed_hash AS "observedHash", e.policy_hash AS "policyHash", e.due_base_on::text AS "dueBaseOn", e.due_moved_days AS "dueMovedDays",
       e.plan_id AS "planId", e.decisions,
       CASE WHEN e.state = 'closed' AND e.closed_at >= $2::timestamptz THEN (SELECT v.from_state FROM finding_event v WHERE v.episode_id = e.id
         AND v.to_state = 'closed' AND v.from_state <> 'closed' ORDER BY v.id DESC LIMIT 1) END AS "stateBeforeClose"
     FROM finding f JOIN finding_episode e ON e.finding_id = f.id AND e.number = f.episode_count`;

/**
 * All findings of some brokers, by broker id, each with its latest episode alone (earlier ones never change). The state an episode had before it
 * closed is told where it closed at `reopenableSince` or later: only then can it go on.
 */
export async function findingsOfBrokers(
  db: Database,
  brokerIds: readonly number[],
  reopenableSince: Date,
): Promise<Map<number, StoredFinding[]>> {
  const rows = await db.rows<Row>(
    `SELECT ${LATEST}
     WHERE f.broker_id = ANY($1::int[]) ORDER BY f.id`,
    brokerIds,
    reopenableSince,
  );
  const byBroker = new Map<number, StoredFinding[]>();
  for (const row of rows) {
    if (row.brokerId === null) continue;
    const findings = byBroker.get(row.brokerId);
    if (findings) findings.push(findingOf(row));
    else byBroker.set(row.brokerId, [findingOf(row)]);
  }
  return byBroker;
}

/** All findings that are not about a broker, in the order of their ids, with their latest episodes as `findingsOfBrokers` gives them. */
export async function findingsOfOtherSubjects(db: Database, reopenableSince: Date): Promise<StoredFinding[]> {
  const rows = await db.rows<Row>(
    `SELECT ${LATEST} WHERE f.broker_id IS NULL AND f.subject_type = ANY($1::text[]) ORDER BY f.id`,
    [...OTHER_SUBJECT_TYPES],
    reopenableSince,
  );
  return rows.map(findingOf);
}

/**
 * Findings by their ids with their latest episodes, in the order of the ids, locked until the transaction ends: two people who decide about the same
 * finding do so one after the other.
 */
export async function lockFindings(
  db: Database,
  ids: readonly number[],
  reopenableSince: Date,
): Promise<StoredFinding[]> {
  const rows = await db.rows<Row>(
    `SELECT ${LATEST} WHERE f.id = ANY($1::int[]) ORDER BY f.id FOR UPDATE OF f`,
    ids,
    reopenableSince,
  );
  return rows.map(findingOf);
}

/** Findings by their ids with their latest episodes, in the order of the ids. */
export async function findingsByIds(
  db: Database,
  ids: readonly number[],
  reopenableSince: Date,
): Promise<StoredFinding[]> {
  const rows = await db.rows<Row>(`SELECT ${LATEST} WHERE f.id = ANY($1::int[]) ORDER BY f.id`, ids, reopenableSince);
  return rows.map(findingOf);
}

const SUBJECT_TYPES: readonly FindingIdentity["subjectType"][] = ["broker", "account", "owner", "configuration"];

function findingOf(row: Row): StoredFinding {
  return {
    id: row.id,
    ruleId: row.findingRuleId,
    subjectType: SUBJECT_TYPES.find((type) => type === row.subjectType) ?? "broker",
    subjectKey: row.subjectKey,
    discriminator: row.discriminator,
    brokerId: row.brokerId,
    episodes: [
      {
        number: row.number,
        state: FINDING_STATES.find((state) => state === row.state) ?? "open",
        severity: severityOfRank(row.severity) ?? "low",
        openedAt: row.openedAt,
        openedAfter: row.openedAfter,
        closedAt: row.closedAt,
        closedAfter: row.closedAfter,
        closeCause: CLOSE_CAUSES.find((cause) => cause === row.closeCause) ?? null,
        ruleVersion: row.ruleVersion,
        recurring: row.recurring,
        flaps: row.flaps,
        evidence: evidenceSchema.parse(row.evidence),
        observedHash: row.observedHash,
        policyHash: row.policyHash,
        stateBeforeClose: FINDING_STATES.find((state) => state === row.stateBeforeClose) ?? null,
        dueBaseOn: row.dueBaseOn !== null && isPlainDate(row.dueBaseOn) ? row.dueBaseOn : null,
        dueMovedDays: row.dueMovedDays,
        planId: row.planId,
        ...readDecisions(row.decisions),
      },
    ],
    shown: {
      accountId: row.accountId,
      region: row.region,
      engine: row.engine,
      environment: row.environment,
      ownerId: row.ownerId,
      dueOn: row.dueOn !== null && isPlainDate(row.dueOn) ? row.dueOn : null,
      dueMoved: row.dueMoved,
      summary: row.summary,
    },
  };
}

/** A finding as it is to be stored: its latest episode, what lists show, and the events that led there. */
export interface FindingWrite {
  ruleId: string;
  subjectKey: string;
  discriminator: string;
  subjectType?: FindingIdentity["subjectType"];
  brokerId: number | null;
  shown: ShownFinding;
  episode: EpisodeState;
  /** False where only what lists show has changed. */
  episodeChanged: boolean;
  events: readonly EpisodeEvent[];
  /** The replacement at which the episode goes on. */
  movedToBrokerId?: number | null;
}

/**
 * Writes findings, new and known, with their latest episodes and events, by one statement: what an episode and its events hang on is what the insert
 * before returned, not looked up again.
 */
export async function storeFindings(
  db: Database,
  findings: readonly FindingWrite[],
  runId: number | null,
): Promise<void> {
  if (findings.length === 0) return;
  await db.execute(
    `WITH w AS MATERIALIZED (
       SELECT * FROM ROWS FROM (json_to_recordset($1::json) AS ("ruleId" text, "subjectType" text, "subjectKey" text, discriminator text, "brokerId" int,
         "accountId" text, region text, engine text, environment text, "ownerId" int, "dueOn" date, "dueMoved" boolean, summary text, number int, state text,
         severity int, "openedAt" timestamptz, "openedAfter" timestamptz, "closedAt" timestamptz, "closedAfter" timestamptz, "closeCause" text,
         "ruleVersion" int, recurring boolean, flaps int, evidence jsonb, "observedHash" text, "policyHash" text, decisions jsonb, "dueBaseOn" date,
         "dueMovedDays" int, "planId" int, "movedToBrokerId" int, "acceptedUntil" timestamptz, assignee text, "targetOn" date, "fixClaimedAt" timestamptz,
         "episodeChanged" boolean, events json))
       WITH ORDINALITY AS w("ruleId", "subjectType", "subjectKey", discriminator, "brokerId", "accountId", region, engine, environment, "ownerId", "dueOn",
         "dueMoved", summary, number, state, severity, "openedAt", "openedAfter", "closedAt", "closedAfter", "closeCause", "ruleVersion", recurring, flaps,
         evidence, "observedHash", "policyHash", decisions, "dueBaseOn", "dueMovedDays", "planId", "movedToBrokerId", "acceptedUntil", assignee, "targetOn",
         "fixClaimedAt", "episodeChanged", events, position)
     ), f AS (
       INSERT INTO finding (rule_id, subject_type, subject_key, discriminator, broker_id, account_id, region, engine, environment, owner_id,
         severity, state, close_cause, first_opened_at, opened_at, closed_at, due_on, episode_count, recurring, summary,
         accepted_until, assignee, target_on, fix_claimed_at, due_moved)
       SELECT "ruleId", "subjectType", "subjectKey", discriminator, "brokerId", "accountId", region, engine, environment, "ownerId", severity, state,
         "closeCause", "openedAt", "openedAt", "closedAt", "dueOn", number, recurring, summary,
         "acceptedUntil", assignee, "targetOn", "fixClaimedAt", "dueMoved"
       FROM w ORDER BY "subjectKey", "ruleId", discriminator
       ON CONFLICT (rule_id, subject_key, discriminator) DO UPDATE SET account_id = EXCLUDED.account_id, region = EXCLUDED.region,
         engine = EXCLUDED.engine, environment = EXCLUDED.environment, owner_id = EXCLUDED.owner_id, severity = EXCLUDED.severity,
         state = EXCLUDED.state, close_cause = EXCLUDED.close_cause, opened_at = EXCLUDED.opened_at, closed_at = EXCLUDED.closed_at,
         due_on = EXCLUDED.due_on, episode_count = EXCLUDED.episode_count, recurring = EXCLUDED.recurring, summary = EXCLUDED.summary,
         first_opened_at = LEAST(finding.first_opened_at, EXCLUDED.opened_at),
         accepted_until = EXCLUDED.accepted_until, assignee = EXCLUDED.assignee,
         target_on = EXCLUDED.target_on, fix_claimed_at = EXCLUDED.fix_claimed_at, due_moved = EXCLUDED.due_moved
       RETURNING id, rule_id, subject_key, discriminator
     ), known AS MATERIALIZED (
       SELECT f.id, w.* FROM w JOIN f ON f.rule_id = w."ruleId" AND f.subject_key = w."subjectKey" AND f.discriminator = w.discriminator
       WHERE w."episodeChanged"
     ), e AS (
       INSERT INTO finding_episode (finding_id, number, state, severity, opened_at, opened_after, closed_at, closed_after, close_cause, rule_version,
         owner_id_at_open, environment_at_open, recurring, flaps, evidence, observed_hash, policy_hash, decisions,
         due_base_on, due_moved_days, due_on, plan_id, moved_to_broker_id)
       SELECT id, number, state, severity, "openedAt", "openedAfter", "closedAt", "closedAfter", "closeCause", "ruleVersion",
         "ownerId", environment, recurring, flaps, evidence, "observedHash", "policyHash", decisions,
         "dueBaseOn", "dueMovedDays", "dueOn", "planId", "movedToBrokerId"
       FROM known ORDER BY id
       ON CONFLICT (finding_id, number) DO UPDATE SET state = EXCLUDED.state, severity = EXCLUDED.severity, opened_at = EXCLUDED.opened_at,
         opened_after = EXCLUDED.opened_after, closed_at = EXCLUDED.closed_at, closed_after = EXCLUDED.closed_after,
         close_cause = EXCLUDED.close_cause, rule_version = EXCLUDED.rule_version, recurring = EXCLUDED.recurring, flaps = EXCLUDED.flaps,
         evidence = EXCLUDED.evidence, observed_hash = EXCLUDED.observed_hash, policy_hash = EXCLUDED.policy_hash,
         decisions = EXCLUDED.decisions, due_base_on = EXCLUDED.due_base_on, due_moved_days = EXCLUDED.due_moved_days, due_on = EXCLUDED.due_on,
         plan_id = EXCLUDED.plan_id, moved_to_broker_id = COALESCE(EXCLUDED.moved_to_broker_id, finding_episode.moved_to_broker_id)
       RETURNING id, finding_id, number
     )
     INSERT INTO finding_event (episode_id, kind, at, actor, person_id, from_state, to_state, note, detail, run_id)
     SELECT COALESCE(e.id, (SELECT earlier.id FROM finding_episode earlier WHERE earlier.finding_id = known.id AND earlier.number = v.episode)),
       COALESCE(v.kind, 'transition'), v.at, v.actor, v."personId", v."from", v."to", v.note, v.detail, $2::int
     FROM known CROSS JOIN ROWS FROM (json_to_recordset(known.events) AS (episode int, kind text, at timestamptz, actor text, "personId" text, "from" text,
       "to" text, note text, detail jsonb)) WITH ORDINALITY AS v(episode, kind, at, actor, "personId", "from", "to", note, detail, place)
     LEFT JOIN e ON e.finding_id = known.id AND e.number = v.episode
     ORDER BY known.position, v.place`,
    toJsonb(findings.map(recordOf)),
    runId,
  );
}

/**
 * One record of the statement's JSON. Written out, because copying objects of this size member by member costs more than the database does; what is null
 * is left out, which the database reads as null.
 */
function recordOf({ shown, episode, ...finding }: FindingWrite) {
  return {
    ruleId: finding.ruleId,
    subjectType: finding.subjectType ?? "broker",
    subjectKey: finding.subjectKey,
    discriminator: finding.discriminator,
    brokerId: finding.brokerId ?? undefined,
    accountId: shown.accountId,
    region: shown.region,
    engine: shown.engine,
    environment: shown.environment,
    ownerId: shown.ownerId ?? undefined,
    dueOn: shown.dueOn ?? undefined,
    dueMoved: shown.dueMoved,
    summary: shown.summary,
    number: episode.number,
    state: episode.state,
    severity: severityRank(episode.severity),
    openedAt: episode.openedAt,
    openedAfter: episode.openedAfter ?? undefined,
    closedAt: episode.closedAt ?? undefined,
    closedAfter: episode.closedAfter ?? undefined,
    closeCause: episode.closeCause ?? undefined,
    ruleVersion: episode.ruleVersion,
    recurring: episode.recurring,
    flaps: episode.flaps,
    evidence: episode.evidence,
    observedHash: episode.observedHash,
    policyHash: episode.policyHash,
    decisions: decisionsOf(episode),
    dueBaseOn: episode.dueBaseOn ?? undefined,
    dueMovedDays: episode.dueMovedDays ?? 0,
    planId: episode.planId ?? undefined,
    movedToBrokerId: finding.movedToBrokerId ?? undefined,
    acceptedUntil: episode.state === "accepted" ? (episode.acceptance?.expiresAt ?? undefined) : undefined,
    assignee: episode.acknowledgement?.assignee,
    targetOn: episode.acknowledgement?.targetOn,
    fixClaimedAt: episode.fixClaim?.at,
    episodeChanged: finding.episodeChanged,
    events: finding.events,
  };
}

/** Counts anew what brokers' rows repeat of their findings: how many ask for work, and the worst severity among them. */
export async function countFindingsOfBrokers(db: Database, brokerIds: readonly number[]): Promise<void> {
  await db.execute(
    `UPDATE broker b SET open_findings = c.open, worst_severity = c.worst
     FROM (SELECT id, (SELECT count(*)::int FROM finding f WHERE f.broker_id = w.id AND f.state <> ALL($2::text[])) AS open,
                  (SELECT COALESCE(max(f.severity), 0) FROM finding f WHERE f.broker_id = w.id
                    AND f.state <> ALL($2::text[])) AS worst
             FROM unnest($1::int[]) AS w(id)) c
     WHERE b.id = c.id AND b.gone_at IS NULL AND (b.open_findings <> c.open OR b.worst_severity <> c.worst)`,
    brokerIds,
    [...STATES_WITHOUT_WORK],
  );
}
