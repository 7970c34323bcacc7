import type { Database } from "@/lib/db/client";
import { inScopeSql } from "@/lib/db/cut-sql";
import { overdueSql } from "@/lib/db/plan-queries";
import type { PlanFindingRow } from "@/lib/db/plan-store";
import { CAMPAIGN_STAGE_IDS, type CampaignStageId } from "@/lib/domain/campaign";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";

/** What the plans of a campaign's stage add up to. Plans of brokers in accounts out of scope are not among them, as in the list of plans. */
export interface StageSum {
  campaignId: number;
  stage: CampaignStageId;
  brokers: number;
  /** Plans that are not cancelled. */
  plans: number;
  completed: number;
  cancelled: number;
  /** Active plans of brokers that are gone. */
  gone: number;
  overdueSteps: number;
  /** Day of the last open step. */
  endsOn: PlainDate | null;
}

const IN_SCOPE = inScopeSql("b");

/** Sums of stages: of all campaigns, or of one. */
export async function stageSums(db: Database, now: Date, campaignId: number | null): Promise<StageSum[]> {
  const rows = await db.rows<Omit<StageSum, "stage" | "endsOn"> & { stage: string; endsOn: string | null }>(
    `SELECT p.campaign_id AS "campaignId", p.campaign_stage AS stage, count(DISTINCT p.broker_id) FILTER (WHERE p.state <> 'cancelled')::int AS brokers,
       count(*) FILTER (WHERE p.state <> 'cancelled')::int AS plans, count(*) FILTER (WHERE p.state = 'completed')::int AS completed,
       count(*) FILTER (WHERE p.state = 'cancelled')::int AS cancelled,
       count(*) FILTER (WHERE p.state = 'active' AND b.gone_at IS NOT NULL)::int AS gone,
       COALESCE(sum(g.overdue) FILTER (WHERE p.state = 'active'), 0)::int AS "overdueSteps",
       (max(g.ends_on) FILTER (WHERE p.state = 'active'))::text AS "endsOn"
     FROM plan p JOIN broker b ON b.id = p.broker_id
     LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE ${overdueSql(now)})::int AS overdue, max(s.planned_on) FILTER (WHERE s.state = 'open') AS ends_on
       FROM plan_step s WHERE s.plan_id = p.id) g ON true
     WHERE p.campaign_id IS NOT NULL AND ($1::int IS NULL OR p.campaign_id = $1::int) AND ${IN_SCOPE}
     GROUP BY p.campaign_id, p.campaign_stage`,
    campaignId,
  );
  return rows.flatMap((row) => {
    const stage = CAMPAIGN_STAGE_IDS.find((id) => id === row.stage);
    const endsOn = row.endsOn !== null && isPlainDate(row.endsOn) ? row.endsOn : null;
    return stage ? [{ ...row, stage, endsOn }] : [];
  });
}

/** Costs of the steps that change them, of a campaign's plans that are not cancelled, plan by plan in the order of the steps. */
export function stepCosts(db: Database, campaignId: number): Promise<{ planId: number; cost: unknown }[]> {
  return db.rows(
    `SELECT p.id AS "planId", s.spec->'cost' AS cost FROM plan p JOIN broker b ON b.id = p.broker_id
       LEFT JOIN plan_step s ON s.plan_id = p.id AND s.state <> 'skipped' AND s.spec->'cost' <> 'null'::jsonb
     WHERE p.campaign_id = $1 AND p.state <> 'cancelled' AND ${IN_SCOPE} ORDER BY p.id, s.position, s.id`,
    campaignId,
  );
}

export interface OverdueStep {
  planId: number;
  brokerId: string;
  brokerName: string;
  title: string;
  plannedOn: string | null;
  assignee: string | null;
}

/** Overdue steps of a campaign's active plans, the oldest first. */
export function overdueSteps(db: Database, campaignId: number, now: Date, limit: number): Promise<OverdueStep[]> {
  return db.rows(
    `SELECT p.id AS "planId", b.broker_id AS "brokerId", b.name AS "brokerName", s.title, s.planned_on::text AS "plannedOn", s.assignee
     FROM plan p JOIN broker b ON b.id = p.broker_id JOIN plan_step s ON s.plan_id = p.id
     WHERE p.campaign_id = $1 AND p.state = 'active' AND ${overdueSql(now)} AND ${IN_SCOPE}
     ORDER BY s.planned_on, b.name, s.position, s.id LIMIT $2::int`,
    campaignId,
    limit,
  );
}

/** Owners of the brokers of a campaign's plans: null where a broker has none. */
export async function ownersOfCampaign(db: Database, campaignId: number): Promise<(number | null)[]> {
  const rows = await db.rows<{ ownerId: number | null }>(
    `SELECT DISTINCT b.owner_id AS "ownerId" FROM plan p JOIN broker b ON b.id = p.broker_id WHERE p.campaign_id = $1`,
    campaignId,
  );
  return rows.map(({ ownerId }) => ownerId);
}

/** An active plan as a campaign would take it in. */
export interface ActivePlan {
  id: number;
  brokerId: number;
  title: string;
  /** The campaign it is in, where that goes on. */
  campaign: string | null;
  stepKeys: string[];
  endsOn: PlainDate | null;
}

/** The active plans of brokers. */
export async function activePlansOf(db: Database, brokerIds: readonly number[]): Promise<ActivePlan[]> {
  const rows = await db.rows<Omit<ActivePlan, "endsOn"> & { endsOn: string | null }>(
    `SELECT p.id, p.broker_id AS "brokerId", p.title, c.name AS campaign, COALESCE(array_agg(s.key) FILTER (WHERE s.key IS NOT NULL), '{}') AS "stepKeys",
       (max(s.planned_on) FILTER (WHERE s.state = 'open'))::text AS "endsOn"
     FROM plan p LEFT JOIN plan_step s ON s.plan_id = p.id LEFT JOIN campaign c ON c.id = p.campaign_id AND c.cancelled_at IS NULL
     WHERE p.state = 'active' AND p.broker_id = ANY($1::int[]) GROUP BY p.id, c.name ORDER BY p.id`,
    [...brokerIds],
  );
  return rows.map((row) => ({
    ...row,
    endsOn: row.endsOn !== null && isPlainDate(row.endsOn) ? row.endsOn : null,
  }));
}

/** A finding as a campaign looks at it; `brokerId` null: it is not about one. */
export type ChosenFinding = Omit<PlanFindingRow, "brokerId"> & { brokerId: number | null };

/** Findings by their ids with their latest episodes, worst first. */
export async function chosenFindings(db: Database, ids: readonly number[]): Promise<ChosenFinding[]> {
  const rows = await db.rows<Omit<ChosenFinding, "evidence"> & { evidence: unknown }>(
    `SELECT f.id, f.broker_id AS "brokerId", f.rule_id AS "ruleId", f.discriminator, f.summary, f.severity, f.state, f.close_cause AS "closeCause",
       e.evidence, e.plan_id AS "planId"
     FROM finding f JOIN finding_episode e ON e.finding_id = f.id AND e.number = f.episode_count
     WHERE f.id = ANY($1::int[]) ORDER BY f.severity DESC, f.id`,
    [...ids],
  );
  return rows.map((row) => ({
    ...row,
    evidence: typeof row.evidence === "object" && row.evidence !== null ? { ...row.evidence } : {},
  }));
}
