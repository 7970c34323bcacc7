import { recommendationDetail } from "@/lib/contracts/recommendations";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import { AppError } from "@/lib/domain/errors";
import type { PlainDate } from "@/lib/domain/plain-date";
import {
  isRecommendationKind,
  type RecommendationDetail,
  type RecommendationEndCause,
  type RecommendationKind,
  type RecommendationNature,
} from "@/lib/domain/recommendation";

/** An episode that is open, with what its end is judged by. */
export interface OpenRecommendation {
  id: number;
  brokerId: number;
  kind: RecommendationKind;
  nature: RecommendationNature;
  monthly: string | null;
  currency: string | null;
  /** Hash of the stored evidence. */
  detailHash: string;
  /** The value of the attribute that has to change. */
  changeFrom: string;
  brokerGone: boolean;
}

/** The open episodes of a broker, or all, of gone brokers too. */
export async function openRecommendations(db: Database, brokerId: number | null = null): Promise<OpenRecommendation[]> {
  const rows = await db.rows<Omit<OpenRecommendation, "kind"> & { kind: string }>(
    `SELECT r.id, r.broker_id AS "brokerId", r.kind, r.nature, r.monthly::text AS monthly, r.currency, r.detail_hash AS "detailHash",
            r.detail #>> '{change,from}' AS "changeFrom",
            b.gone_at IS NOT NULL AS "brokerGone"
       FROM cost_recommendation r JOIN broker b ON b.id = r.broker_id WHERE r.ended_at IS NULL AND ($1::int IS NULL OR r.broker_id = $1::int) ORDER BY r.id`,
    brokerId,
  );
  return rows.flatMap(({ kind, ...row }) => (isRecommendationKind(kind) ? [{ ...row, kind }] : []));
}

/** Hashes of what every kind said last, by broker. */
export async function outcomeHashes(db: Database): Promise<ReadonlyMap<number, string>> {
  const rows = await db.rows<{ brokerId: number; hash: string }>(
    `SELECT broker_id AS "brokerId", outcomes_hash AS hash FROM recommendation_outcome`,
  );
  return new Map(rows.map(({ brokerId, hash }) => [brokerId, hash]));
}

/** What people set aside for the time of a day: `brokerId kind`. */
export async function standingDismissals(db: Database, today: PlainDate): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ brokerId: number; kind: string }>(
    `SELECT DISTINCT broker_id AS "brokerId", kind FROM cost_recommendation WHERE end_cause = 'dismissed' AND dismissed_until > $1::date`,
    today,
  );
  return new Set(rows.map(({ brokerId, kind }) => `${brokerId} ${kind}`));
}

/** A recommendation that the evaluation made. */
export interface MadeRecommendation {
  brokerId: number;
  kind: RecommendationKind;
  nature: RecommendationNature;
  detail: RecommendationDetail;
  detailHash: string;
  monthly: string | null;
  currency: string | null;
  confidence: string;
  counted: boolean;
}

export interface RecommendationChanges {
  at: Date;
  /** New ones, and open ones whose evidence changed. */
  made: readonly MadeRecommendation[];
  /** Open ones whose evidence is the same. */
  confirmed: readonly { id: number; counted: boolean }[];
  ended: readonly { id: number; cause: RecommendationEndCause; reason: string }[];
  /** Open ones that could not be judged now: they stay, only what sums count may change. */
  kept: readonly { id: number; counted: boolean }[];
  /** Of brokers where they changed: { kind: [outcome, reason] }. */
  outcomes: readonly {
    brokerId: number;
    outcomes: Readonly<Record<string, readonly [string, string]>>;
    hash: string;
  }[];
}

/**
 * Brings the episodes in line with an evaluation in one statement: confirms, opens and ends them, and stores what every kind says of every broker where
 * that changed. Answers how many were opened and ended. Repeating it opens and ends nothing.
 */
export async function storeRecommendations(
  db: Database,
  { at, made, confirmed, ended, kept, outcomes }: RecommendationChanges,
): Promise<{ opened: number; ended: number }> {
  const [row] = await db.rows<{ opened: number; ended: number }>(
    `WITH made AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS m("brokerId" int, kind text, nature text, detail jsonb, "detailHash" text, monthly numeric(38,18), currency text,
         confidence text, counted boolean)
     ), ended AS (
       UPDATE cost_recommendation r SET ended_at = $4::timestamptz, end_cause = e.cause, ended_by = 'system:evaluation', end_reason = e.reason
         FROM jsonb_to_recordset($2::jsonb) AS e(id int, cause text, reason text) WHERE r.id = e.id AND r.ended_at IS NULL RETURNING r.id
     ), kept AS (
       UPDATE cost_recommendation r SET counted = k.counted FROM jsonb_to_recordset($3::jsonb) AS k(id int, counted boolean)
        WHERE r.id = k.id AND r.ended_at IS NULL AND r.counted <> k.counted
     ), confirmed AS (
       UPDATE cost_recommendation r SET last_seen_at = $4::timestamptz, counted = c.counted FROM jsonb_to_recordset($6::jsonb) AS c(id int, counted boolean)
        WHERE r.id = c.id AND r.ended_at IS NULL
     ), changed AS (
       UPDATE cost_recommendation r SET last_seen_at = $4::timestamptz, detail = m.detail, detail_hash = m."detailHash", monthly = m.monthly, currency = m.currency,
              confidence = m.confidence, counted = m.counted
         FROM made m WHERE r.broker_id = m."brokerId" AND r.kind = m.kind AND r.ended_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset($2::jsonb) AS e(id int) WHERE e.id = r.id)
     ), opened AS (
       INSERT INTO cost_recommendation (broker_id, kind, nature, opened_at, last_seen_at, opened_detail, detail, detail_hash, monthly, currency, confidence, counted)
       SELECT m."brokerId", m.kind, m.nature, $4::timestamptz, $4::timestamptz, m.detail, m.detail, m."detailHash", m.monthly, m.currency, m.confidence, m.counted
         FROM made m WHERE NOT EXISTS (SELECT 1 FROM cost_recommendation r WHERE r.broker_id = m."brokerId" AND r.kind = m.kind AND r.ended_at IS NULL)
        ORDER BY 1, 2 RETURNING id
     ), judged AS (
       INSERT INTO recommendation_outcome AS o (broker_id, outcomes, outcomes_hash, changed_at)
       SELECT j."brokerId", j.outcomes, j.hash, $4::timestamptz FROM jsonb_to_recordset($5::jsonb) AS j("brokerId" int, outcomes jsonb, hash text) ORDER BY 1
       ON CONFLICT (broker_id) DO UPDATE SET outcomes = EXCLUDED.outcomes, outcomes_hash = EXCLUDED.outcomes_hash, changed_at = EXCLUDED.changed_at
     )
     SELECT (SELECT count(*)::int FROM opened) AS opened, (SELECT count(*)::int FROM ended) AS ended`,
    toJsonb(made),
    toJsonb(ended),
    toJsonb(kept),
    at,
    toJsonb(outcomes),
    toJsonb(confirmed),
  );
  return row ?? { opened: 0, ended: 0 };
}

/** An episode as a person acts on it. */
export interface RecommendationRow {
  id: number;
  brokerId: number;
  kind: string;
  ownerId: number | null;
  endedAt: Date | null;
}

/** One episode, locked; null when there is none. */
export async function lockRecommendation(db: Database, id: number): Promise<RecommendationRow | null> {
  const [row] = await db.rows<RecommendationRow>(
    `SELECT r.id, r.broker_id AS "brokerId", r.kind, b.owner_id AS "ownerId", r.ended_at AS "endedAt"
       FROM cost_recommendation r JOIN broker b ON b.id = r.broker_id WHERE r.id = $1 FOR UPDATE OF r`,
    id,
  );
  return row ?? null;
}

/** Ends an episode by a person's word until a day. */
export async function dismissEpisode(
  db: Database,
  id: number,
  by: { at: Date; actor: string; reason: string; until: PlainDate },
): Promise<void> {
  await db.execute(
    `UPDATE cost_recommendation SET ended_at = $2, end_cause = 'dismissed', ended_by = $3, end_reason = $4, dismissed_until = $5::date, counted = false
      WHERE id = $1`,
    id,
    by.at,
    by.actor,
    by.reason,
    by.until,
  );
}

/** The open episodes of a broker count or not. */
export async function setCounted(db: Database, brokerId: number, countedId: number | null): Promise<void> {
  await db.execute(
    `UPDATE cost_recommendation SET counted = (id IS NOT DISTINCT FROM $2::int) WHERE broker_id = $1 AND ended_at IS NULL`,
    brokerId,
    countedId,
  );
}

/** Errors: internal for a column that this version did not write. */
export function parseRecommendationDetail(value: unknown): RecommendationDetail {
  const parsed = recommendationDetail.safeParse(value);
  if (!parsed.success)
    throw new AppError("internal", "stored evidence of a recommendation is not readable", { cause: parsed.error });
  return parsed.data;
}
