import type { PlanDetail } from "@/lib/contracts/plans";
import { planFindings, updatePlan } from "@/lib/db/plan-store";
import { assertActive, changePlan } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";
import { readPlan } from "@/lib/services/read/read-plan";

/** Cancels a plan: its findings that are not closed return to where they were. Errors: not-found, forbidden, conflict. */
export async function cancelPlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; reason: string };
}): Promise<PlanDetail> {
  const { id, reason } = input;
  await changePlan(ctx, id, async (tx, { plan, broker }) => {
    assertActive(plan);
    const linked = (await planFindings(tx, [broker.id])).filter(
      ({ planId, state }) => planId === plan.id && state !== "closed",
    );
    await actOnFindings(tx, ctx, { ids: linked.map((finding) => finding.id), act: { kind: "unlink-plan" } });
    const now = ctx.clock.now();
    await updatePlan(tx, { ...plan, state: "cancelled", cancelledAt: now, cancelReason: reason, updatedAt: now });
    return {
      kind: "cancelled",
      note: reason,
      before: { state: plan.state },
      after: { state: "cancelled", reason, unlinked: linked.map((finding) => finding.id) },
    };
  });
  return readPlan({ ctx, input: { id } });
}
