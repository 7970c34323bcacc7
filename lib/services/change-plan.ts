import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import {
  completePlans,
  insertPlanEvents,
  type PlanBrokerRow,
  type PlanRow,
  planBrokers,
  planRow,
  type StepRow,
  stepRows,
  updatePlan,
  updateSteps,
} from "@/lib/db/plan-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { AppError } from "@/lib/domain/errors";
import { actingPerson } from "@/lib/services/acting-person";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { assertMayActFor } from "@/lib/services/owner-scope";

export interface OpenPlan {
  plan: PlanRow;
  broker: PlanBrokerRow;
  steps: readonly StepRow[];
}

/** What a change did, for the plan's history and the audit. */
export interface PlanChangeRecord {
  kind: string;
  stepId?: number | null;
  note?: string | null;
  before: unknown;
  after: unknown;
}

/** The number of a plan or step in an address. Errors: not-found for what is no number. */
export function planId(text: string, what = "plan"): number {
  if (!/^\d{1,9}$/.test(text)) throw new AppError("not-found", `There is no ${what} ${text}.`);
  return Number(text);
}

/**
 * Changes an active plan in one transaction, with its event and audit event; a plan whose steps are all done is completed then. Errors: not-found;
 * forbidden for somebody else's broker; conflict for a plan that is over, beside those of the change.
 */
export async function changePlan(
  ctx: Ctx,
  id: string,
  change: (tx: Database, open: OpenPlan) => Promise<PlanChangeRecord>,
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    // Before any row: an evaluation writes plans as well, and holds this for its whole time.
    await holdEvaluation(tx);
    const plan = await planRow(tx, planId(id), true);
    const [broker] = plan ? await planBrokers(tx, [plan.brokerId]) : [];
    if (!plan || !broker) throw new AppError("not-found", `There is no plan ${id}.`);
    assertMayActFor(ctx, "plans:write", broker.ownerId);
    const steps = await stepRows(tx, plan.id);
    const record = await change(tx, { plan, broker, steps });
    const event = {
      planId: plan.id,
      stepId: record.stepId ?? null,
      at: now,
      actor: ctx.actor.name,
      personId: actingPerson(ctx.actor).id,
      runId: null,
    };
    await insertPlanEvents(tx, [{ ...event, kind: record.kind, note: record.note ?? null, detail: {} }]);
    const completed = await completePlans(tx, [plan.id], now);
    if (completed.length > 0)
      await insertPlanEvents(tx, [{ ...event, stepId: null, kind: "completed", note: null, detail: {} }]);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: `plan.${record.kind}`,
      permission: "plans:write",
      subjectType: "plan",
      subjectKey: String(plan.id),
      before: record.before,
      after: record.after,
    });
    await bumpDataVersions(tx, "fleet");
  });
}

/** Refuses what only an active plan takes. Errors: conflict. */
export function assertActive({ state }: Pick<PlanRow, "state">): void {
  if (state !== "active") throw new AppError("conflict", `The plan is ${state}.`);
}

/** A step of the plan by the number in an address. Errors: not-found. */
export function stepOf({ steps }: OpenPlan, id: string): StepRow {
  const number = planId(id, "step");
  const step = steps.find((one) => one.id === number);
  if (!step) throw new AppError("not-found", `The plan has no step ${id}.`);
  return step;
}

/** Writes a changed step and says when the plan was changed. */
export async function saveStep(tx: Database, { plan }: OpenPlan, step: StepRow, at: Date): Promise<void> {
  await updateSteps(tx, [step]);
  await updatePlan(tx, { ...plan, updatedAt: at });
}
