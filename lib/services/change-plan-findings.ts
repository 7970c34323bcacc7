import type { z } from "zod";
import type { PlanDetail, planFindings as planFindingsBody } from "@/lib/contracts/plans";
import { insertSteps, planFindings, type StepRow, updatePlan, updateSteps } from "@/lib/db/plan-store";
import { AppError } from "@/lib/domain/errors";
import { assertActive, changePlan } from "@/lib/services/change-plan";
import { linkFindings, plannedOf } from "@/lib/services/create-plan";
import type { Ctx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";
import { generatePlan, loadPlanBasis } from "@/lib/services/plan-basis";
import { readPlan } from "@/lib/services/read/read-plan";

/**
 * Links findings to an active plan, or takes them from it. Steps that the linked ones need and the plan lacks are added in their place; steps that are there stay
 * as people left them. Errors: not-found, forbidden, invalid-input, conflict.
 */
export async function changePlanFindings({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; change: z.output<typeof planFindingsBody> };
}): Promise<PlanDetail> {
  const { link, unlink } = input.change;
  await changePlan(ctx, input.id, async (tx, { plan, broker, steps }) => {
    assertActive(plan);
    const before = (await planFindings(tx, [broker.id])).filter(({ planId }) => planId === plan.id);
    const own = new Set(before.map(({ id }) => id));
    const stranger = unlink.find((id) => !own.has(id));
    if (stranger !== undefined) throw new AppError("invalid-input", `Finding ${stranger} is not linked to the plan.`);
    await actOnFindings(tx, ctx, { ids: unlink, act: { kind: "unlink-plan" } });
    const added =
      link.length > 0 ? (await plannedOf(tx, ctx, { brokerId: broker.brokerId, findingIds: link })).findings : [];
    await linkFindings(tx, ctx, plan.id, link);
    const kept = before.filter(({ id, state }) => !unlink.includes(id) && state !== "closed");
    const wanted = [...kept.filter(({ id }) => !link.includes(id)), ...added];
    const now = ctx.clock.now();
    const basis = await loadPlanBasis(tx, now);
    const generated = generatePlan(basis.planningOf(broker, wanted, plan.goal), basis.today);
    const there = new Map(steps.map((step) => [step.spec.key, step]));
    const order = generated.steps.map(({ key }) => key);
    // What people added, and what is no longer generated, keeps its place behind.
    const rest = steps.filter(({ spec }) => !order.includes(spec.key));
    const positionOf = (key: string) => order.indexOf(key);
    const moved: StepRow[] = steps.map((step) => {
      const fresh = generated.steps.find(({ key }) => key === step.spec.key);
      const position = fresh ? positionOf(step.spec.key) : order.length + rest.indexOf(step);
      const findingIds = fresh ? fresh.findingIds : step.spec.findingIds.filter((id) => !unlink.includes(id));
      return { ...step, position, spec: { ...step.spec, findingIds } };
    });
    const fresh = generated.steps.filter(({ key }) => !there.has(key));
    await updateSteps(tx, moved);
    await insertSteps(
      tx,
      fresh.map((spec) => ({
        planId: plan.id,
        position: positionOf(spec.key),
        spec,
        plannedOn: generated.placements.get(spec.key)?.plannedOn ?? null,
        windowAt: generated.placements.get(spec.key)?.windowAt ?? null,
        assignee: null,
      })),
    );
    await updatePlan(tx, { ...plan, notes: [...generated.notes], updatedAt: now });
    return {
      kind: "findings-changed",
      note: [
        link.length > 0 ? `linked ${link.join(", ")}` : "",
        unlink.length > 0 ? `unlinked ${unlink.join(", ")}` : "",
        fresh.length > 0 ? `${fresh.length} ${fresh.length === 1 ? "step" : "steps"} added` : "",
      ]
        .filter((part) => part !== "")
        .join("; "),
      before: { findings: before.map(({ id }) => id) },
      after: { findings: wanted.map(({ id }) => id), stepsAdded: fresh.map(({ key }) => key) },
    };
  });
  return readPlan({ ctx, input: { id: input.id } });
}
