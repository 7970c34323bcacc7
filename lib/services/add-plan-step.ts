import type { z } from "zod";
import type { PlanDetail, planStepInput } from "@/lib/contracts/plans";
import { insertSteps, updatePlan } from "@/lib/db/plan-store";
import { isPlainDate } from "@/lib/domain/plain-date";
import { step } from "@/lib/remediation/step-base";
import { assertActive, changePlan } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { readPlan } from "@/lib/services/read/read-plan";

/** Adds a step of people's own at the end of a plan; somebody vouches when it is done. Errors: not-found, forbidden, conflict. */
export async function addPlanStep({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; step: z.output<typeof planStepInput> };
}): Promise<PlanDetail> {
  const { title, instructions, rollBack, effortHours, plannedOn, assignee } = input.step;
  await changePlan(ctx, input.id, async (tx, { plan, steps }) => {
    assertActive(plan);
    const number = steps.filter(({ spec }) => spec.kind === "manual").length + 1;
    const spec = step({ key: `manual-${number}`, kind: "manual", title, instructions, rollBack, effortHours });
    const position = 1 + Math.max(-1, ...steps.map((one) => one.position));
    const day = plannedOn !== null && isPlainDate(plannedOn) ? plannedOn : null;
    await insertSteps(tx, [
      { planId: plan.id, position, spec, plannedOn: day, windowAt: null, assignee: assignee || null },
    ]);
    await updatePlan(tx, { ...plan, updatedAt: ctx.clock.now() });
    return { kind: "step-added", note: title, before: null, after: input.step };
  });
  return readPlan({ ctx, input: { id: input.id } });
}
