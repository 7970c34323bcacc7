import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import { CAMPAIGN_STAGE_IDS, type CampaignSelection, type CampaignStage } from "@/lib/domain/campaign";
import { AppError } from "@/lib/domain/errors";
import { isPlainDate, type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";

export interface CampaignRow {
  id: number;
  name: string;
  goal: string;
  selection: CampaignSelection;
  /** In the order of the stages. */
  stages: readonly CampaignStage[];
  deadline: PlainDate;
  startedOn: PlainDate;
  createdAt: Date;
  createdBy: string;
  cancelledAt: Date | null;
  cancelledBy: string | null;
  cancelReason: string | null;
}

interface Raw extends Omit<CampaignRow, "selection" | "stages" | "deadline" | "startedOn"> {
  selection: unknown;
  stages: unknown;
  deadline: string;
  startedOn: string;
}

const selectionSchema: z.ZodType<CampaignSelection> = z.object({
  search: z.string(),
  ids: z.array(z.number()).nullable(),
});
const stagesSchema: z.ZodType<CampaignStage[]> = z.array(
  z.object({ id: z.enum(CAMPAIGN_STAGE_IDS), startOn: z.string().refine(isPlainDate) }),
);

const CAMPAIGN = `SELECT c.id, c.name, c.goal, c.selection, c.stages, c.deadline::text AS deadline, c.started_on::text AS "startedOn",
    c.created_at AS "createdAt", c.created_by AS "createdBy", c.cancelled_at AS "cancelledAt", c.cancelled_by AS "cancelledBy",
    c.cancel_reason AS "cancelReason" FROM campaign c`;

function campaignOf(row: Raw): CampaignRow {
  const selection = selectionSchema.safeParse(row.selection);
  const stages = stagesSchema.safeParse(row.stages);
  if (!selection.success || !stages.success)
    throw new AppError("internal", "a stored campaign is not one", { cause: selection.error ?? stages.error });
  return {
    ...row,
    selection: selection.data,
    stages: stages.data,
    deadline: parsePlainDate(row.deadline),
    startedOn: parsePlainDate(row.startedOn),
  };
}

/** A campaign by its id, null when there is none. With `lock` nobody else changes it meanwhile. */
export async function campaignRow(db: Database, id: number, lock = false): Promise<CampaignRow | null> {
  const [row] = await db.rows<Raw>(`${CAMPAIGN} WHERE c.id = $1 ${lock ? "FOR UPDATE" : ""}`, id);
  return row ? campaignOf(row) : null;
}

/** All campaigns: those that go on first, by their deadlines. */
export async function campaignRows(db: Database): Promise<CampaignRow[]> {
  const rows = await db.rows<Raw>(`${CAMPAIGN} ORDER BY c.cancelled_at IS NOT NULL, c.deadline, c.id`);
  return rows.map(campaignOf);
}

export type NewCampaign = Pick<CampaignRow, "name" | "goal" | "selection" | "stages" | "deadline" | "startedOn">;

/** Stores a campaign; its id. */
export async function insertCampaign(
  db: Database,
  { name, goal, selection, stages, deadline, startedOn }: NewCampaign,
  by: { at: Date; actor: string },
): Promise<number> {
  const [row] = await db.rows<{ id: number }>(
    `INSERT INTO campaign (name, goal, selection, stages, deadline, started_on, created_at, created_by)
     VALUES ($1, $2, $3::jsonb, $4::jsonb, $5::text::date, $6::text::date, $7, $8) RETURNING id`,
    name,
    goal,
    toJsonb(selection),
    toJsonb(stages),
    deadline,
    startedOn,
    by.at,
    by.actor,
  );
  return row?.id ?? 0;
}

/** Says that a campaign is cancelled, by whom and why. */
export async function cancelCampaignRow(
  db: Database,
  id: number,
  by: { at: Date; actor: string; reason: string },
): Promise<void> {
  await db.execute(
    "UPDATE campaign SET cancelled_at = $2, cancelled_by = $3, cancel_reason = $4 WHERE id = $1",
    id,
    by.at,
    by.actor,
    by.reason,
  );
}

export interface NewCampaignEvent {
  campaignId: number;
  /** created, cancelled */
  kind: string;
  at: Date;
  actor: string;
  personId: string | null;
  note: string | null;
  detail: Readonly<Record<string, unknown>>;
}

export async function insertCampaignEvent(db: Database, event: NewCampaignEvent): Promise<void> {
  await db.execute(
    `INSERT INTO campaign_event (campaign_id, kind, at, actor, person_id, note, detail) VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
    event.campaignId,
    event.kind,
    event.at,
    event.actor,
    event.personId,
    event.note,
    toJsonb(event.detail),
  );
}

/** What happened to a campaign, newest first. */
export function campaignEvents(
  db: Database,
  id: number,
): Promise<{ at: Date; actor: string; kind: string; note: string | null }[]> {
  return db.rows(
    "SELECT at, actor, kind, note FROM campaign_event WHERE campaign_id = $1 ORDER BY campaign_event.id DESC LIMIT 200",
    id,
  );
}

/** Puts active plans into a campaign, each in its stage. */
export async function joinCampaign(
  db: Database,
  campaignId: number,
  plans: readonly { planId: number; stage: string }[],
): Promise<void> {
  if (plans.length === 0) return;
  await db.execute(
    `UPDATE plan p SET campaign_id = $2::int, campaign_stage = n.stage FROM jsonb_to_recordset($1::jsonb) AS n("planId" int, stage text)
     WHERE p.id = n."planId"`,
    toJsonb(plans),
    campaignId,
  );
}

/** Cancels active plans that were made for a campaign; their ids. Plans that were taken in stay. */
export async function cancelPlansOfCampaign(
  db: Database,
  campaignId: number,
  by: { at: Date; reason: string },
): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    `UPDATE plan p SET state = 'cancelled', cancelled_at = $2, cancel_reason = $3, updated_at = $2
     WHERE p.campaign_id = $1 AND p.state = 'active'
       AND NOT EXISTS (SELECT 1 FROM plan_event e WHERE e.plan_id = p.id AND e.kind = 'campaign-joined') RETURNING p.id`,
    campaignId,
    by.at,
    by.reason,
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** Findings that are not closed and linked to plans by their latest episodes. */
export async function openFindingsOfPlans(db: Database, planIds: readonly number[]): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    `SELECT f.id FROM finding_episode e JOIN finding f ON f.id = e.finding_id AND f.episode_count = e.number
     WHERE e.plan_id = ANY($1::int[]) AND f.state <> 'closed' ORDER BY f.id`,
    [...planIds],
  );
  return rows.map(({ id }) => id);
}
