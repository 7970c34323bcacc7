import type { z } from "zod";
import type { PlanDetail, planStepChange } from "@/lib/contracts/plans";
import type { PlanBrokerRow, StepRow } from "@/lib/db/plan-store";
import { AppError } from "@/lib/domain/errors";
import { isPlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { isWindowStart, windowProblem } from "@/lib/remediation/maintenance-window";
import { assertActive, changePlan, saveStep, stepOf } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { readPlan } from "@/lib/services/read/read-plan";

/**
 * Changes title, effort, assignee or time of a step that is not done. A window must be one of the broker's own. Errors: not-found, forbidden, conflict;
 * invalid-input for what is no window.
 */
export async function changePlanStep({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; stepId: string; change: z.output<typeof planStepChange> };
}): Promise<PlanDetail> {
  const { change } = input;
  await changePlan(ctx, input.id, async (tx, open) => {
    assertActive(open.plan);
    const before = stepOf(open, input.stepId);
    if (before.state !== "open") throw new AppError("conflict", `The step is ${before.state}.`);
    const { title = before.spec.title, effortHours = before.spec.effortHours } = change;
    const assignee = change.assignee === undefined ? before.assignee : change.assignee || null;
    const after = {
      ...before,
      ...timeOf(before, change, open.broker),
      assignee,
      spec: { ...before.spec, title, effortHours },
    };
    await saveStep(tx, open, after, ctx.clock.now());
    return { kind: "step-changed", stepId: before.id, note: title, before: shown(before), after: shown(after) };
  });
  return readPlan({ ctx, input: { id: input.id } });
}

function timeOf(
  before: StepRow,
  { plannedOn, windowAt }: z.output<typeof planStepChange>,
  broker: PlanBrokerRow,
): Pick<StepRow, "plannedOn" | "windowAt"> {
  if (windowAt !== undefined) {
    const at = new Date(windowAt);
    const window = broker.attributes.maintenanceWindow;
    const problem = windowProblem(window);
    if (!window || problem || !isWindowStart(window, at))
      throw new AppError("invalid-input", problem ?? "No maintenance window of the broker begins then.", {
        details: { field: "windowAt" },
      });
    return { plannedOn: plainDateFromInstantUtc(at), windowAt: at };
  }
  if (plannedOn === undefined) return before;
  return { plannedOn: plannedOn !== null && isPlainDate(plannedOn) ? plannedOn : null, windowAt: null };
}

function shown({ spec: { title, effortHours }, assignee, plannedOn, windowAt }: StepRow) {
  return { title, effortHours, assignee, plannedOn, windowAt };
}
