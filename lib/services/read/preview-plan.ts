import type { z } from "zod";
import type { PlanPreview, planInput } from "@/lib/contracts/plans";
import { isPlainDate } from "@/lib/domain/plain-date";
import { planCost } from "@/lib/remediation/plan-cost";
import { linesAhead } from "@/lib/remediation/version-goal";
import { defaultTitle, plannedOf } from "@/lib/services/create-plan";
import type { Ctx } from "@/lib/services/ctx";
import { generatePlan, loadPlanBasis } from "@/lib/services/plan-basis";
import { stepTextOf, windowsOf } from "@/lib/services/read/plan-windows";

/** The plan that createPlan would make; nothing is written. Errors: not-found, forbidden, invalid-input, conflict. */
export async function previewPlan({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof planInput>;
}): Promise<PlanPreview> {
  const now = ctx.clock.now();
  const { broker, findings, goal } = await plannedOf(ctx.db, ctx, input);
  const basis = await loadPlanBasis(ctx.db, now);
  const planning = basis.planningOf(broker, findings, goal);
  const from = input.startOn && isPlainDate(input.startOn) && input.startOn > basis.today ? input.startOn : basis.today;
  const plan = generatePlan(planning, from);
  const window = broker.attributes.maintenanceWindow;
  return {
    title: input.title || defaultTitle(broker, goal, findings),
    broker: { id: broker.brokerId, name: broker.name },
    steps: plan.steps.map((spec) =>
      stepTextOf(spec, plan.placements.get(spec.key) ?? { plannedOn: null, windowAt: null }, window),
    ),
    notes: [...plan.notes],
    findingIds: findings.map(({ id }) => id),
    cost: planCost(plan.steps),
    windows: windowsOf(window, now),
    lines: [...linesAhead(planning)],
    activePlanId: broker.activePlanId,
  };
}
