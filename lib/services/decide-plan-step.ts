import type { PlanDetail } from "@/lib/contracts/plans";
import { updatePlan } from "@/lib/db/plan-store";
import { AppError } from "@/lib/domain/errors";
import { waitingFor } from "@/lib/remediation/plan-progress";
import { actingPerson } from "@/lib/services/acting-person";
import { assertActive, changePlan, saveStep, stepOf } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { readPlan } from "@/lib/services/read/read-plan";

/** What a person says of a step: vouches that it is done, that it is not needed, or that it is open again after all. */
export type StepDecision =
  | { kind: "attest"; note: string }
  | { kind: "skip"; reason: string }
  | { kind: "reopen"; reason: string };

/**
 * Decides about one step. What AWS shows is never attested: the next sync ticks it. A step is not attested before those it depends on. Errors: not-found,
 * forbidden, conflict.
 */
export async function decidePlanStep({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; stepId: string; decision: StepDecision };
}): Promise<PlanDetail> {
  const { decision } = input;
  await changePlan(ctx, input.id, async (tx, open) => {
    const { plan, broker, steps } = open;
    const step = stepOf(open, input.stepId);
    const now = ctx.clock.now();
    if (decision.kind === "reopen") {
      if (plan.state === "cancelled") throw new AppError("conflict", "The plan is cancelled.");
      if (step.state === "open") throw new AppError("conflict", "The step is open.");
      if (plan.state === "completed" && broker.activePlanId !== null)
        throw new AppError("conflict", `The broker has plan ${broker.activePlanId} by now.`);
      if (step.doneBasis === "observed") throw new AppError("conflict", "A sync saw it done; that is not taken back.");
      await saveStep(
        tx,
        open,
        { ...step, state: "open", doneAt: null, doneBy: null, doneBasis: null, doneNote: null },
        now,
      );
      if (plan.state === "completed")
        await updatePlan(tx, { ...plan, state: "active", completedAt: null, updatedAt: now });
      return {
        kind: "step-reopened",
        stepId: step.id,
        note: decision.reason,
        before: { state: step.state },
        after: { state: "open" },
      };
    }
    assertActive(plan);
    if (step.state !== "open") throw new AppError("conflict", `The step is ${step.state}.`);
    if (decision.kind === "skip") {
      const skipped = {
        ...step,
        state: "skipped" as const,
        doneAt: now,
        doneBy: ctx.actor.name,
        doneBasis: null,
        doneNote: decision.reason,
      };
      await saveStep(tx, open, skipped, now);
      return {
        kind: "step-skipped",
        stepId: step.id,
        note: decision.reason,
        before: { state: "open" },
        after: { state: "skipped" },
      };
    }
    if (step.spec.done.kind === "observed")
      throw new AppError("conflict", "AWS shows whether this is done: the next sync ticks it, a person cannot.");
    if (actingPerson(ctx.actor).id === null)
      throw new AppError("forbidden", "Only a signed-in person vouches for a step.");
    const waiting = waitingFor(
      step.spec,
      steps.map(({ spec: { key }, state }) => ({ key, state })),
    );
    if (waiting.length > 0) {
      const titles = steps.flatMap(({ spec }) => (waiting.includes(spec.key) ? [spec.title] : []));
      throw new AppError("conflict", `It comes after: ${titles.join("; ")}.`);
    }
    const done = {
      ...step,
      state: "done" as const,
      doneAt: now,
      doneBy: ctx.actor.name,
      doneBasis: "attested" as const,
      doneNote: decision.note,
    };
    await saveStep(tx, open, done, now);
    return {
      kind: "step-attested",
      stepId: step.id,
      note: decision.note,
      before: { state: "open" },
      after: { state: "done", note: decision.note },
    };
  });
  return readPlan({ ctx, input: { id: input.id } });
}
