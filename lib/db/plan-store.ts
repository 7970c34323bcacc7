import { parseObservedAttributes } from "@/lib/db/broker-attributes";
import type { Database } from "@/lib/db/client";
import { parseDoneCondition, parsePlanGoal, parseStepSpec } from "@/lib/db/plan-spec";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { ObservedAttributes } from "@/lib/domain/broker";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";
import {
  DONE_BASES,
  type DoneBasis,
  type DoneCondition,
  PLAN_STATES,
  type PlanGoal,
  type PlannedStep,
  type PlanState,
  STEP_STATES,
  type StepState,
} from "@/lib/domain/plan";

/** A broker as planning needs it. */
export interface PlanBrokerRow {
  id: number;
  brokerId: string;
  arn: string;
  name: string;
  accountId: string;
  region: string;
  environment: string;
  countsAsProduction: boolean;
  ownerId: number | null;
  goneAt: Date | null;
  attributes: ObservedAttributes;
  ruleResults: Readonly<Record<string, string>>;
  /** Id of its active plan. */
  activePlanId: number | null;
}

const BROKER = `SELECT b.id, b.broker_id AS "brokerId", b.arn, b.name, b.account_id AS "accountId", b.region, b.environment,
    b.counts_as_production AS "countsAsProduction", b.owner_id AS "ownerId", b.gone_at AS "goneAt", b.attributes, b.rule_results AS "ruleResults",
    (SELECT p.id FROM plan p WHERE p.broker_id = b.id AND p.state = 'active') AS "activePlanId"
  FROM broker b`;

type RawBroker = Omit<PlanBrokerRow, "attributes" | "ruleResults"> & { attributes: unknown; ruleResults: unknown };

function brokerOf(row: RawBroker): PlanBrokerRow {
  return { ...row, attributes: parseObservedAttributes(row.attributes), ruleResults: textRecord(row.ruleResults) };
}

function textRecord(json: unknown): Record<string, string> {
  if (typeof json !== "object" || json === null) return {};
  return Object.fromEntries(
    Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The broker that AWS gave an id (the one present, when an id stands twice); null when it was never seen. */
export async function planBroker(db: Database, brokerId: string): Promise<PlanBrokerRow | null> {
  const [row] = await db.rows<RawBroker>(
    `${BROKER} WHERE b.broker_id = $1 ORDER BY b.gone_at DESC NULLS FIRST, b.id DESC LIMIT 1`,
    brokerId,
  );
  return row ? brokerOf(row) : null;
}

/** Brokers by their rows' ids, in the order of the ids. */
export async function planBrokers(db: Database, ids: readonly number[]): Promise<PlanBrokerRow[]> {
  const rows = await db.rows<RawBroker>(`${BROKER} WHERE b.id = ANY($1::int[]) ORDER BY b.id`, [...ids]);
  return rows.map(brokerOf);
}

export interface PlanFindingRow {
  id: number;
  brokerId: number;
  ruleId: string;
  discriminator: string;
  summary: string;
  severity: number;
  state: string;
  closeCause: string | null;
  evidence: Readonly<Record<string, unknown>>;
  /** The plan its latest episode is linked to. */
  planId: number | null;
}

/** Findings of brokers by their latest episodes: those that are not closed, and closed ones that a plan names. Worst first. */
export async function planFindings(db: Database, brokerIds: readonly number[]): Promise<PlanFindingRow[]> {
  const rows = await db.rows<Omit<PlanFindingRow, "evidence"> & { evidence: unknown }>(
    `SELECT f.id, f.broker_id AS "brokerId", f.rule_id AS "ruleId", f.discriminator, f.summary, f.severity, f.state, f.close_cause AS "closeCause",
       e.evidence, e.plan_id AS "planId"
     FROM finding f JOIN finding_episode e ON e.finding_id = f.id AND e.number = f.episode_count
     WHERE f.broker_id = ANY($1::int[]) AND (f.state <> 'closed' OR e.plan_id IS NOT NULL)
     ORDER BY f.severity DESC, f.id`,
    [...brokerIds],
  );
  return rows.map((row) => ({
    ...row,
    evidence: typeof row.evidence === "object" && row.evidence !== null ? { ...row.evidence } : {},
  }));
}

export interface PlanRow {
  id: number;
  brokerId: number;
  title: string;
  state: PlanState;
  goal: PlanGoal;
  note: string;
  notes: string[];
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  completedAt: Date | null;
  cancelledAt: Date | null;
  cancelReason: string | null;
}

type RawPlan = Omit<PlanRow, "state" | "goal"> & { state: string; goal: unknown };

const PLAN = `SELECT p.id, p.broker_id AS "brokerId", p.title, p.state, p.goal, p.note, p.notes,
    p.created_at AS "createdAt", p.created_by AS "createdBy", p.updated_at AS "updatedAt", p.completed_at AS "completedAt",
    p.cancelled_at AS "cancelledAt", p.cancel_reason AS "cancelReason" FROM plan p`;

function planOf(row: RawPlan): PlanRow {
  const state = PLAN_STATES.find((one) => one === row.state) ?? "cancelled";
  return { ...row, state, goal: parsePlanGoal(row.goal) };
}

/** A plan by its id, null when there is none. With `lock` nobody else changes it meanwhile. */
export async function planRow(db: Database, id: number, lock = false): Promise<PlanRow | null> {
  const [row] = await db.rows<RawPlan>(`${PLAN} WHERE p.id = $1 ${lock ? "FOR UPDATE" : ""}`, id);
  return row ? planOf(row) : null;
}

export interface StepRow {
  id: number;
  planId: number;
  position: number;
  /** As generated, with title and effort as they are now. */
  spec: PlannedStep;
  state: StepState;
  plannedOn: PlainDate | null;
  windowAt: Date | null;
  assignee: string | null;
  doneAt: Date | null;
  doneBy: string | null;
  doneBasis: DoneBasis | null;
  doneNote: string | null;
}

interface RawStep extends Omit<StepRow, "spec" | "state" | "plannedOn" | "doneBasis"> {
  title: string;
  effortHours: number;
  spec: unknown;
  state: string;
  plannedOn: string | null;
  doneBasis: string | null;
}

const STEP = `s.id, s.plan_id AS "planId", s.position, s.title, s.effort_hours AS "effortHours", s.spec, s.state,
    s.planned_on::text AS "plannedOn", s.window_at AS "windowAt", s.assignee, s.done_at AS "doneAt", s.done_by AS "doneBy",
    s.done_basis AS "doneBasis", s.done_note AS "doneNote"`;

function stepOf({ title, effortHours, ...row }: RawStep): StepRow {
  return {
    ...row,
    spec: { ...parseStepSpec(row.spec), title, effortHours },
    state: STEP_STATES.find((one) => one === row.state) ?? "open",
    plannedOn: row.plannedOn !== null && isPlainDate(row.plannedOn) ? row.plannedOn : null,
    doneBasis: DONE_BASES.find((one) => one === row.doneBasis) ?? null,
  };
}

/** Steps of a plan in their order. */
export async function stepRows(db: Database, planId: number): Promise<StepRow[]> {
  const rows = await db.rows<RawStep>(
    `SELECT ${STEP} FROM plan_step s WHERE s.plan_id = $1 ORDER BY s.position, s.id`,
    planId,
  );
  return rows.map(stepOf);
}

/** What an evaluation needs of a step: the specs of ten thousand plans would be a hundred megabytes. */
export interface ObservableStep {
  id: number;
  planId: number;
  brokerId: number;
  done: DoneCondition;
}

/** Open steps of active plans that a sync can see to be done, with the rows' ids of their brokers. */
export async function observableSteps(db: Database): Promise<ObservableStep[]> {
  const rows = await db.rows<Omit<ObservableStep, "done"> & { done: unknown }>(
    `SELECT s.id, s.plan_id AS "planId", p.broker_id AS "brokerId", s.spec->'done' AS done FROM plan_step s JOIN plan p ON p.id = s.plan_id
     WHERE s.state = 'open' AND s.observable AND p.state = 'active' ORDER BY s.plan_id, s.position, s.id`,
  );
  return rows.map((row) => ({ ...row, done: parseDoneCondition(row.done) }));
}

/** Marks steps as seen to be done, each with what was observed. */
export async function markObserved(
  db: Database,
  steps: readonly { id: number; seen: string }[],
  by: { at: Date; actor: string },
): Promise<void> {
  if (steps.length === 0) return;
  await db.execute(
    `UPDATE plan_step s SET state = 'done', done_at = $2::timestamptz, done_by = $3, done_basis = 'observed', done_note = n.seen
     FROM jsonb_to_recordset($1::jsonb) AS n(id int, seen text) WHERE s.id = n.id`,
    toJsonb(steps),
    by.at,
    by.actor,
  );
}

export interface NewPlan {
  brokerId: number;
  title: string;
  goal: PlanGoal;
  notes: readonly string[];
  /** The campaign it is made for, with its stage. */
  campaign?: { id: number; stage: string };
}

/** Creates active plans, one per broker; their ids in the order given. */
export async function insertPlans(
  db: Database,
  plans: readonly NewPlan[],
  by: { at: Date; actor: string },
): Promise<number[]> {
  const rows = await db.rows<{ id: number; brokerId: number }>(
    `INSERT INTO plan (broker_id, title, goal, notes, campaign_id, campaign_stage, created_at, created_by, updated_at)
     SELECT "brokerId", title, goal, ARRAY(SELECT jsonb_array_elements_text(notes)), (campaign->>'id')::int, campaign->>'stage',
       $2::timestamptz, $3, $2::timestamptz
     FROM jsonb_to_recordset($1::jsonb) AS n("brokerId" int, title text, goal jsonb, notes jsonb, campaign jsonb)
     RETURNING id, broker_id AS "brokerId"`,
    toJsonb(plans),
    by.at,
    by.actor,
  );
  const ids = new Map(rows.map(({ id, brokerId }) => [brokerId, id]));
  return plans.map(({ brokerId }) => ids.get(brokerId) ?? 0);
}

export interface NewStep {
  planId: number;
  position: number;
  spec: PlannedStep;
  plannedOn: PlainDate | null;
  windowAt: Date | null;
  assignee: string | null;
}

/** Steps written by one statement: a few megabytes. */
const STEPS_AT_ONCE = 1_000;

/** Adds steps to plans, however many. */
export async function insertSteps(db: Database, steps: readonly NewStep[]): Promise<void> {
  for (let from = 0; from < steps.length; from += STEPS_AT_ONCE)
    await insertSomeSteps(db, steps.slice(from, from + STEPS_AT_ONCE));
}

async function insertSomeSteps(db: Database, steps: readonly NewStep[]): Promise<void> {
  await db.execute(
    `INSERT INTO plan_step (plan_id, key, position, title, effort_hours, spec, observable, planned_on, window_at, assignee)
     SELECT "planId", spec->>'key', position, spec->>'title', (spec->>'effortHours')::float8, spec, spec->'done'->>'kind' = 'observed',
       "plannedOn", "windowAt", assignee
     FROM jsonb_to_recordset($1::jsonb) AS n("planId" int, position int, spec jsonb, "plannedOn" date, "windowAt" timestamptz, assignee text)`,
    toJsonb(steps),
  );
}

/** Writes what people may change of steps, and how far they are. */
export async function updateSteps(db: Database, steps: readonly StepRow[]): Promise<void> {
  if (steps.length === 0) return;
  await db.execute(
    `UPDATE plan_step s SET position = n.position, title = n.title, effort_hours = n."effortHours", state = n.state, planned_on = n."plannedOn",
       window_at = n."windowAt", assignee = n.assignee, done_at = n."doneAt", done_by = n."doneBy", done_basis = n."doneBasis", done_note = n."doneNote",
       spec = jsonb_set(s.spec, '{findingIds}', n."findingIds")
     FROM jsonb_to_recordset($1::jsonb) AS n(id int, position int, title text, "effortHours" float8, state text, "plannedOn" date,
       "windowAt" timestamptz, assignee text, "doneAt" timestamptz, "doneBy" text, "doneBasis" text, "doneNote" text, "findingIds" jsonb)
     WHERE s.id = n.id`,
    toJsonb(
      steps.map(({ spec, ...step }) => ({
        ...step,
        title: spec.title,
        effortHours: spec.effortHours,
        findingIds: spec.findingIds,
      })),
    ),
  );
}

/** Writes a plan's own columns. */
export async function updatePlan(db: Database, plan: PlanRow): Promise<void> {
  await db.execute(
    `UPDATE plan SET title = $2, note = $3, notes = $4::text[], state = $5, updated_at = $6, completed_at = $7, cancelled_at = $8, cancel_reason = $9
     WHERE id = $1`,
    plan.id,
    plan.title,
    plan.note,
    [...plan.notes],
    plan.state,
    plan.updatedAt,
    plan.completedAt,
    plan.cancelledAt,
    plan.cancelReason,
  );
}

/** Active plans among these whose steps are all done or skipped become completed; their ids. */
export async function completePlans(db: Database, ids: readonly number[], at: Date): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    `UPDATE plan p SET state = 'completed', completed_at = $2, updated_at = $2
     WHERE p.id = ANY($1::int[]) AND p.state = 'active' AND EXISTS (SELECT 1 FROM plan_step s WHERE s.plan_id = p.id)
       AND NOT EXISTS (SELECT 1 FROM plan_step s WHERE s.plan_id = p.id AND s.state = 'open') RETURNING p.id`,
    [...ids],
    at,
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

export interface NewPlanEvent {
  planId: number;
  stepId: number | null;
  /** created, changed, cancelled, completed, findings-linked, findings-unlinked, step-added, step-changed, step-observed ... */
  kind: string;
  at: Date;
  actor: string;
  personId: string | null;
  note: string | null;
  detail: Readonly<Record<string, unknown>>;
  runId: number | null;
}

export async function insertPlanEvents(db: Database, events: readonly NewPlanEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db.execute(
    `INSERT INTO plan_event (plan_id, step_id, kind, at, actor, person_id, note, detail, run_id)
     SELECT "planId", "stepId", kind, at, actor, "personId", note, detail, "runId"
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ("planId" int, "stepId" int, kind text, at timestamptz, actor text, "personId" text, note text,
       detail jsonb, "runId" int)) WITH ORDINALITY AS n("planId", "stepId", kind, at, actor, "personId", note, detail, "runId", place) ORDER BY place`,
    toJsonb(events),
  );
}

export interface PlanEventRow {
  at: Date;
  actor: string;
  kind: string;
  stepTitle: string | null;
  note: string | null;
}

/** What happened to a plan, newest first. */
export function planEvents(db: Database, planId: number, limit: number): Promise<PlanEventRow[]> {
  return db.rows<PlanEventRow>(
    `SELECT e.at, e.actor, e.kind, s.title AS "stepTitle", e.note FROM plan_event e LEFT JOIN plan_step s ON s.id = e.step_id
     WHERE e.plan_id = $1 ORDER BY e.id DESC LIMIT $2::int`,
    planId,
    limit,
  );
}
