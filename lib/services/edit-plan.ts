import type { z } from "zod";
import type { PlanDetail, planChange } from "@/lib/contracts/plans";
import { updatePlan } from "@/lib/db/plan-store";
import { changePlan } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { readPlan } from "@/lib/services/read/read-plan";

/** Renames a plan or changes its note. Errors: not-found, forbidden. */
export async function editPlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; change: z.output<typeof planChange> };
}): Promise<PlanDetail> {
  await changePlan(ctx, input.id, async (tx, { plan }) => {
    const { title = plan.title, note = plan.note } = input.change;
    await updatePlan(tx, { ...plan, title, note, updatedAt: ctx.clock.now() });
    return { kind: "changed", before: { title: plan.title, note: plan.note }, after: { title, note } };
  });
  return readPlan({ ctx, input: { id: input.id } });
}
