import type { z } from "zod";
import type { planInput } from "@/lib/contracts/plans";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import {
  insertPlanEvents,
  insertPlans,
  insertSteps,
  type PlanBrokerRow,
  type PlanFindingRow,
  planBroker,
  planFindings,
} from "@/lib/db/plan-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { AppError } from "@/lib/domain/errors";
import { isPlainDate } from "@/lib/domain/plain-date";
import type { PlanGoal } from "@/lib/domain/plan";
import { actingPerson } from "@/lib/services/acting-person";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";
import { assertMayActFor } from "@/lib/services/owner-scope";
import { canBePlanned, generatePlan, loadPlanBasis } from "@/lib/services/plan-basis";

type PlanInput = z.output<typeof planInput>;

/**
 * Makes the plan of a broker out of findings, placed in its maintenance windows, and links them to it: they are in progress then. Errors: not-found;
 * forbidden for somebody else's broker; invalid-input for findings of another broker; conflict where it has an active plan, or nothing is to be done.
 */
export async function createPlan({ ctx, input }: { ctx: Ctx; input: PlanInput }): Promise<{ id: number }> {
  const now = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    await holdEvaluation(tx);
    const { broker, findings, goal } = await plannedOf(tx, ctx, input);
    if (broker.activePlanId !== null)
      throw new AppError("conflict", `The broker has plan ${broker.activePlanId} already; add findings to it.`);
    if (broker.goneAt) throw new AppError("conflict", "The broker is gone: there is nothing to plan.");
    const basis = await loadPlanBasis(tx, now);
    const from =
      input.startOn && isPlainDate(input.startOn) && input.startOn > basis.today ? input.startOn : basis.today;
    const plan = generatePlan(basis.planningOf(broker, findings, goal), from);
    if (plan.steps.length === 0)
      throw new AppError("conflict", plan.notes[0] ?? "No step would come of it: nothing is to be done.");
    const title = input.title || defaultTitle(broker, goal, findings);
    const by = { at: now, actor: ctx.actor.name };
    const [id = 0] = await insertPlans(tx, [{ brokerId: broker.id, title, goal, notes: plan.notes }], by);
    await insertSteps(
      tx,
      plan.steps.map((spec, position) => ({
        planId: id,
        position,
        spec,
        plannedOn: plan.placements.get(spec.key)?.plannedOn ?? null,
        windowAt: plan.placements.get(spec.key)?.windowAt ?? null,
        assignee: null,
      })),
    );
    const linked = findings.map((finding) => finding.id);
    await linkFindings(tx, ctx, id, linked);
    await insertPlanEvents(tx, [
      {
        planId: id,
        stepId: null,
        kind: "created",
        at: now,
        actor: by.actor,
        personId: actingPerson(ctx.actor).id,
        note: `${plan.steps.length} ${plan.steps.length === 1 ? "step" : "steps"} for ${linked.length} ${linked.length === 1 ? "finding" : "findings"}`,
        detail: { findings: linked, goal },
        runId: null,
      },
    ]);
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "plan.create",
      permission: "plans:write",
      subjectType: "plan",
      subjectKey: String(id),
      before: null,
      after: { broker: broker.arn, title, goal, steps: plan.steps.length, findings: linked },
    });
    await bumpDataVersions(tx, "fleet");
    return { id };
  });
}

/** The broker, findings and goal that an input names, checked. Errors: as createPlan. */
export async function plannedOf(
  db: Database,
  ctx: Ctx,
  input: Pick<PlanInput, "brokerId" | "findingIds" | "toLine">,
): Promise<{ broker: PlanBrokerRow; findings: readonly PlanFindingRow[]; goal: PlanGoal }> {
  const broker = await planBroker(db, input.brokerId);
  if (!broker) throw new AppError("not-found", `There is no broker ${input.brokerId}.`);
  assertMayActFor(ctx, "plans:write", broker.ownerId);
  const all = await planFindings(db, [broker.id]);
  const goal: PlanGoal = input.toLine ? { toLine: input.toLine } : {};
  if (!input.findingIds) return { broker, findings: all.filter(canBePlanned), goal };
  const findings = [...new Set(input.findingIds)].map((id) => {
    const found = all.find((finding) => finding.id === id);
    if (!found || found.state === "closed")
      throw new AppError("invalid-input", `Finding ${id} is not an open one of this broker.`, {
        details: { field: "findingIds" },
      });
    if (!canBePlanned(found))
      throw new AppError(
        "conflict",
        `Finding ${id} is ${found.state.replace("-", " ")}; a plan takes only what is to be worked on.`,
      );
    return found;
  });
  return { broker, findings, goal };
}

/** Links findings to a plan. Errors: conflict with the reason where one cannot be linked. */
export async function linkFindings(tx: Database, ctx: Ctx, planId: number, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const { refused } = await actOnFindings(tx, ctx, { ids, act: { kind: "link-plan", planId } });
  const [reason] = refused.keys();
  if (reason) throw new AppError("conflict", reason);
}

/** What a plan is called where nobody says. */
export function defaultTitle(
  broker: Pick<PlanBrokerRow, "name">,
  goal: PlanGoal,
  findings: readonly unknown[],
): string {
  const what = goal.toLine
    ? `upgrade to ${goal.toLine}`
    : `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
  return `${broker.name}: ${what}`;
}
