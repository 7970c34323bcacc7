import type { StepCost } from "@/lib/domain/plan";

/** Cost per month of a whole plan: before its first step that changes it, after its last, and while two brokers run. Null: none changes it. */
export function planCost(steps: readonly { cost: StepCost | null }[]): StepCost | null {
  const costs = steps.flatMap(({ cost }) => cost ?? []);
  const [first, last] = [costs[0], costs.at(-1)];
  if (!first || !last) return null;
  return {
    before: first.before,
    after: last.after,
    parallel: costs.find(({ parallel }) => parallel)?.parallel ?? null,
  };
}
