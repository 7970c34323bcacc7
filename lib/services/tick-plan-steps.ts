import type { Database } from "@/lib/db/client";
import {
  completePlans,
  insertPlanEvents,
  markObserved,
  type NewPlanEvent,
  observableSteps,
  planBrokers,
} from "@/lib/db/plan-store";
import { standingReplacements } from "@/lib/db/replacement-store";
import { isObservedDone, judgeChecks } from "@/lib/remediation/done-condition";
import { observedOf } from "@/lib/services/read/read-plan";

/**
 * Ticks every step of an active plan that AWS shows to be done, with what was observed, and completes plans whose steps are all done. Runs at the end of an
 * evaluation, in its transaction: looks at brokers with such steps alone, and writes what changed in one statement each. Attestations are never touched.
 */
export async function tickPlanSteps(
  tx: Database,
  { at, runId, actor }: { at: Date; runId: number | null; actor: string },
): Promise<{ ticked: number; completed: number }> {
  const steps = await observableSteps(tx);
  if (steps.length === 0) return { ticked: 0, completed: 0 };
  const planned = new Set(steps.map(({ brokerId }) => brokerId));
  const replacedBy = new Map(
    (await standingReplacements(tx)).flatMap(({ oldBrokerId, newBrokerId }) =>
      planned.has(oldBrokerId) ? [[oldBrokerId, newBrokerId] as const] : [],
    ),
  );
  const brokers = new Map(
    (await planBrokers(tx, [...new Set([...planned, ...replacedBy.values()])])).map((row) => [row.id, observedOf(row)]),
  );
  const done: { id: number; planId: number; seen: string }[] = [];
  const events: NewPlanEvent[] = [];
  const event = { at, actor, personId: null, runId };
  for (const { brokerId, ...step } of steps) {
    const broker = brokers.get(brokerId);
    if (!broker) continue;
    const world = { broker, replacement: brokers.get(replacedBy.get(brokerId) ?? -1) ?? null };
    if (!isObservedDone(step.done, world)) continue;
    const seen = judgeChecks(step.done, world)
      .map(({ check, observed }) => `${check.of === "replacement" ? "replacement " : ""}${check.fact} = ${observed}`)
      .join("; ");
    done.push({ id: step.id, planId: step.planId, seen });
    events.push({ ...event, planId: step.planId, stepId: step.id, kind: "step-observed", note: seen, detail: {} });
  }
  await markObserved(tx, done, { at, actor });
  const completed = await completePlans(tx, [...new Set(done.map(({ planId }) => planId))], at);
  await insertPlanEvents(tx, [
    ...events,
    ...completed.map((planId) => ({ ...event, planId, stepId: null, kind: "completed", note: null, detail: {} })),
  ]);
  return { ticked: done.length, completed: completed.length };
}
