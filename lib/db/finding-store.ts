import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import {
  CLOSE_CAUSES,
  type EpisodeEvent,
  type EpisodeState,
  FINDING_STATES,
  type FindingSnapshot,
  severityOfRank,
  severityRank,
} from "@/lib/domain/finding";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";

/** A finding with its latest episode, and the columns that lists show of it. */
export interface StoredFinding extends FindingSnapshot {
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
  summary: string;
}

const evidenceSchema = z.record(z.string(), z.unknown());

interface Row
  extends Omit<EpisodeState, "severity" | "state" | "closeCause" | "evidence" | "stateBeforeClose" | "acceptance"> {
  findingRuleId: string;
  subjectKey: string;
  discriminator: string;
  brokerId: number | null;
  accountId: string;
  region: string;
  engine: string;
  environment: string;
  ownerId: number | null;
  dueOn: string | null;
  summary: string;
  state: string;
  severity: number;
  closeCause: string | null;
  evidence: unknown;
  stateBeforeClose: string | null;
}

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
    `SELECT f.rule_id AS "findingRuleId", f.subject_key AS "subjectKey", f.discriminator, f.broker_id AS "brokerId", f.account_id AS "accountId",
       f.region, f.engine, f.environment, f.owner_id AS "ownerId", f.due_on::text AS "dueOn", f.summary,
       e.number, e.state, e.severity, e.opened_at AS "openedAt", e.opened_after AS "openedAfter", e.closed_at AS "closedAt",
       e.closed_after AS "closedAfter", e.close_cause AS "closeCause", e.rule_version AS "ruleVersion", e.recurring, e.flaps, e.evidence,
       e.observed_hash AS "observedHash", e.policy_hash AS "policyHash",
       CASE WHEN e.state = 'closed' AND e.closed_at >= $2::timestamptz THEN (SELECT v.from_state FROM finding_event v WHERE v.episode_id = e.id AND v.to_state = 'closed'
         ORDER BY v.id DESC LIMIT 1) END AS "stateBeforeClose"
     FROM finding f JOIN finding_episode e ON e.finding_id = f.id AND e.number = f.episode_count
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

function findingOf(row: Row): StoredFinding {
  return {
    ruleId: row.findingRuleId,
    subjectType: "broker",
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
        acceptance: null,
      },
    ],
    shown: {
      accountId: row.accountId,
      region: row.region,
      engine: row.engine,
      environment: row.environment,
      ownerId: row.ownerId,
      dueOn: row.dueOn !== null && isPlainDate(row.dueOn) ? row.dueOn : null,
      summary: row.summary,
    },
  };
}

/** A finding as it is to be stored: its latest episode, what lists show, and the events that led there. */
export interface FindingWrite {
  ruleId: string;
  subjectKey: string;
  discriminator: string;
  brokerId: number;
  shown: ShownFinding;
  episode: EpisodeState;
  /** False where only what lists show has changed. */
  episodeChanged: boolean;
  events: readonly EpisodeEvent[];
}

/** Writes findings of brokers, new and known, with their latest episodes and events, by three statements. */
export async function storeFindings(
  db: Database,
  findings: readonly FindingWrite[],
  runId: number | null,
): Promise<void> {
  if (findings.length === 0) return;
  await db.execute(
    `INSERT INTO finding (rule_id, subject_type, subject_key, discriminator, broker_id, account_id, region, engine, environment, owner_id,
       severity, state, close_cause, first_opened_at, opened_at, closed_at, due_on, episode_count, recurring, summary, evidence)
     SELECT "ruleId", 'broker', "subjectKey", discriminator, "brokerId", "accountId", region, engine, environment, "ownerId", severity, state,
       "closeCause", "openedAt", "openedAt", "closedAt", "dueOn", number, recurring, summary, evidence
     FROM jsonb_to_recordset($1::jsonb) AS f("ruleId" text, "subjectKey" text, discriminator text, "brokerId" int, "accountId" text, region text,
       engine text, environment text, "ownerId" int, severity int, state text, "closeCause" text, "openedAt" timestamptz,
       "closedAt" timestamptz, "dueOn" date, number int, recurring boolean, summary text, evidence jsonb)
     ORDER BY "subjectKey", "ruleId", discriminator
     ON CONFLICT (rule_id, subject_key, discriminator) DO UPDATE SET account_id = EXCLUDED.account_id, region = EXCLUDED.region,
       engine = EXCLUDED.engine, environment = EXCLUDED.environment, owner_id = EXCLUDED.owner_id, severity = EXCLUDED.severity,
       state = EXCLUDED.state, close_cause = EXCLUDED.close_cause, opened_at = EXCLUDED.opened_at, closed_at = EXCLUDED.closed_at,
       due_on = EXCLUDED.due_on, episode_count = EXCLUDED.episode_count, recurring = EXCLUDED.recurring, summary = EXCLUDED.summary,
       evidence = EXCLUDED.evidence`,
    toJsonb(
      findings.map(({ ruleId, subjectKey, discriminator, brokerId, shown, episode }) => ({
        ...shown,
        ruleId,
        subjectKey,
        discriminator,
        brokerId,
        severity: severityRank(episode.severity),
        state: episode.state,
        closeCause: episode.closeCause,
        openedAt: episode.openedAt,
        closedAt: episode.closedAt,
        number: episode.number,
        recurring: episode.recurring,
        evidence: episode.evidence,
      })),
    ),
  );
  const episodes = findings.filter((finding) => finding.episodeChanged);
  if (episodes.length === 0) return;
  await db.execute(
    `INSERT INTO finding_episode (finding_id, number, state, severity, opened_at, opened_after, closed_at, closed_after, close_cause, rule_version,
       owner_id_at_open, environment_at_open, recurring, flaps, evidence, observed_hash, policy_hash)
     SELECT f.id, e.number, e.state, e.severity, e."openedAt", e."openedAfter", e."closedAt", e."closedAfter", e."closeCause", e."ruleVersion",
       f.owner_id, f.environment, e.recurring, e.flaps, e.evidence, e."observedHash", e."policyHash"
     FROM jsonb_to_recordset($1::jsonb) AS e("ruleId" text, "subjectKey" text, discriminator text, number int, state text, severity int,
       "openedAt" timestamptz, "openedAfter" timestamptz, "closedAt" timestamptz, "closedAfter" timestamptz, "closeCause" text,
       "ruleVersion" int, recurring boolean, flaps int, evidence jsonb, "observedHash" text, "policyHash" text)
     JOIN finding f ON f.rule_id = e."ruleId" AND f.subject_key = e."subjectKey" AND f.discriminator = e.discriminator
     ORDER BY f.id
     ON CONFLICT (finding_id, number) DO UPDATE SET state = EXCLUDED.state, severity = EXCLUDED.severity, opened_at = EXCLUDED.opened_at,
       opened_after = EXCLUDED.opened_after, closed_at = EXCLUDED.closed_at, closed_after = EXCLUDED.closed_after,
       close_cause = EXCLUDED.close_cause, rule_version = EXCLUDED.rule_version, recurring = EXCLUDED.recurring, flaps = EXCLUDED.flaps,
       evidence = EXCLUDED.evidence, observed_hash = EXCLUDED.observed_hash, policy_hash = EXCLUDED.policy_hash`,
    toJsonb(
      episodes.map(({ ruleId, subjectKey, discriminator, episode }) => ({
        ...episode,
        ruleId,
        subjectKey,
        discriminator,
        severity: severityRank(episode.severity),
      })),
    ),
  );
  const events = episodes.flatMap(({ ruleId, subjectKey, discriminator, events: list }) =>
    list.map((event) => ({ ...event, ruleId, subjectKey, discriminator })),
  );
  if (events.length === 0) return;
  await db.execute(
    `INSERT INTO finding_event (episode_id, at, actor, from_state, to_state, note, detail, run_id)
     SELECT e.id, v.at, v.actor, v."from", v."to", v.note, v.detail, $2::int
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ("ruleId" text, "subjectKey" text, discriminator text, episode int, at timestamptz, actor text,
       "from" text, "to" text, note text, detail jsonb))
       WITH ORDINALITY AS v("ruleId", "subjectKey", discriminator, episode, at, actor, "from", "to", note, detail, position)
     JOIN finding f ON f.rule_id = v."ruleId" AND f.subject_key = v."subjectKey" AND f.discriminator = v.discriminator
     JOIN finding_episode e ON e.finding_id = f.id AND e.number = v.episode
     ORDER BY v.position`,
    toJsonb(events),
    runId,
  );
}
