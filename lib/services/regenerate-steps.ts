import type { Database } from "@/lib/db/client";
import {
  insertSteps,
  type PlanBrokerRow,
  type PlanFindingRow,
  type PlanRow,
  type StepRow,
  updateSteps,
} from "@/lib/db/plan-store";
import type { PlainDate } from "@/lib/domain/plain-date";
import { generatePlan, type PlanBasis } from "@/lib/services/plan-basis";

/**
 * Brings the steps of a plan in line with the findings it is to have: what they need and the plan lacks is added in its place and dated from a day on (today
 * without one); steps that are there stay as people left them. Answers what the generator says, and the keys of the steps added.
 */
export async function regenerateSteps(
  tx: Database,
  {
    plan,
    broker,
    steps,
    findings,
    unlinked,
    basis,
    from = basis.today,
  }: {
    plan: PlanRow;
    broker: PlanBrokerRow;
    steps: readonly StepRow[];
    findings: readonly PlanFindingRow[];
    /** Findings that leave the plan. */
    unlinked: readonly number[];
    basis: PlanBasis;
    from?: PlainDate;
  },
): Promise<{ notes: string[]; added: string[] }> {
  const generated = generatePlan(basis.planningOf(broker, findings, plan.goal), from);
  const there = new Set(steps.map(({ spec }) => spec.key));
  const order = generated.steps.map(({ key }) => key);
  // What people added, and what is no longer generated, keeps its place behind.
  const rest = steps.filter(({ spec }) => !order.includes(spec.key));
  const moved: StepRow[] = steps.map((step) => {
    const fresh = generated.steps.find(({ key }) => key === step.spec.key);
    const position = fresh ? order.indexOf(step.spec.key) : order.length + rest.indexOf(step);
    const findingIds = fresh ? fresh.findingIds : step.spec.findingIds.filter((id) => !unlinked.includes(id));
    return { ...step, position, spec: { ...step.spec, findingIds } };
  });
  const added = generated.steps.filter(({ key }) => !there.has(key));
  await updateSteps(tx, moved);
  await insertSteps(
    tx,
    added.map((spec) => ({
      planId: plan.id,
      position: order.indexOf(spec.key),
      spec,
      plannedOn: generated.placements.get(spec.key)?.plannedOn ?? null,
      windowAt: generated.placements.get(spec.key)?.windowAt ?? null,
      assignee: null,
    })),
  );
  return { notes: [...generated.notes], added: added.map(({ key }) => key) };
}
