import type { z } from "zod";
import type { PlanDetail, planFindings as planFindingsBody } from "@/lib/contracts/plans";
import { planFindings, updatePlan } from "@/lib/db/plan-store";
import { AppError } from "@/lib/domain/errors";
import { assertActive, changePlan } from "@/lib/services/change-plan";
import { linkFindings, plannedOf } from "@/lib/services/create-plan";
import type { Ctx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";
import { loadPlanBasis } from "@/lib/services/plan-basis";
import { readPlan } from "@/lib/services/read/read-plan";
import { regenerateSteps } from "@/lib/services/regenerate-steps";

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
    const { notes, added: fresh } = await regenerateSteps(tx, {
      plan,
      broker,
      steps,
      findings: wanted,
      unlinked: unlink,
      basis: await loadPlanBasis(tx, now),
    });
    await updatePlan(tx, { ...plan, notes, updatedAt: now });
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
      after: { findings: wanted.map(({ id }) => id), stepsAdded: fresh },
    };
  });
  return readPlan({ ctx, input: { id: input.id } });
}
