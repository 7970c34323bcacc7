import type { PlanDetail } from "@/lib/contracts/plans";
import { findPlan } from "@/lib/db/plan-queries";
import {
  type PlanBrokerRow,
  planBrokers,
  planEvents,
  planFindings,
  planRow,
  type StepRow,
  stepRows,
} from "@/lib/db/plan-store";
import { standingReplacementOf } from "@/lib/db/replacement-store";
import { AppError } from "@/lib/domain/errors";
import { severityOfRank } from "@/lib/domain/finding";
import { compareBrokers } from "@/lib/remediation/compare-brokers";
import { type CheckVerdict, doneText, judgeChecks, type ObservedWorld } from "@/lib/remediation/done-condition";
import { planCost } from "@/lib/remediation/plan-cost";
import { isOverdue, waitingFor } from "@/lib/remediation/plan-progress";
import { planId } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { mayActFor, NOT_YOURS } from "@/lib/services/owner-scope";
import { canBePlanned } from "@/lib/services/plan-basis";
import { readFreshness } from "@/lib/services/read/freshness";
import { planItemOf } from "@/lib/services/read/plan-item";
import { stepTextOf, windowsOf } from "@/lib/services/read/plan-windows";

const EVENTS = 200;

/** Asserts that a plan exists. Errors: not-found. */
export async function requirePlan({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  if (!(await planRow(ctx.db, planId(input.id)))) throw new AppError("not-found", `There is no plan ${input.id}.`);
}

/** One plan with everything its page shows. Errors: not-found. */
export async function readPlan({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<PlanDetail> {
  const now = ctx.clock.now();
  const id = planId(input.id);
  const [plan, item] = await Promise.all([planRow(ctx.db, id), findPlan(ctx.db, id, now)]);
  const [broker] = plan ? await planBrokers(ctx.db, [plan.brokerId]) : [];
  if (!plan || !item || !broker) throw new AppError("not-found", `There is no plan ${input.id}.`);
  const [steps, findings, events, standing, freshness] = await Promise.all([
    stepRows(ctx.db, id),
    planFindings(ctx.db, [broker.id]),
    planEvents(ctx.db, id, EVENTS),
    standingReplacementOf(ctx.db, broker.id),
    readFreshness({ ctx }),
  ]);
  const [replacement] = standing ? await planBrokers(ctx.db, [standing.newBrokerId]) : [];
  const world = { broker: observedOf(broker), replacement: replacement ? observedOf(replacement) : null };
  const window = broker.attributes.maintenanceWindow;
  return {
    plan: planItemOf(item),
    note: plan.note,
    notes: plan.notes,
    toLine: plan.goal.toLine ?? null,
    completedAt: plan.completedAt?.toISOString() ?? null,
    cancelledAt: plan.cancelledAt?.toISOString() ?? null,
    cancelReason: plan.cancelReason,
    steps: steps.map((step) => ({
      ...stepTextOf(step.spec, step, window),
      id: step.id,
      state: step.state,
      overdue: plan.state === "active" && isOverdue(step, now),
      waitingFor: waitingTitles(step, steps),
      assignee: step.assignee,
      doneAt: step.doneAt?.toISOString() ?? null,
      doneBy: step.doneBy,
      doneBasis: step.doneBasis,
      doneNote: step.doneNote,
      checks: step.state === "open" ? judgeChecks(step.spec.done, world).map(checkOf) : [],
    })),
    cost: planCost(steps.map(({ spec }) => spec)),
    windows: windowsOf(window, now),
    findings: findings
      .filter((finding) => finding.planId === id)
      .map(({ id: findingId, summary, severity, state, closeCause }) => ({
        id: findingId,
        summary,
        severity: severityOfRank(severity) ?? "low",
        state,
        closeCause,
      })),
    others:
      plan.state === "active"
        ? findings
            .filter((finding) => finding.planId !== id && canBePlanned(finding))
            .map(({ id: findingId, summary, severity }) => ({
              id: findingId,
              summary,
              severity: severityOfRank(severity) ?? "low",
            }))
        : [],
    replacement:
      standing && replacement
        ? {
            broker: { id: replacement.brokerId, name: replacement.name },
            confirmedBy: standing.confirmedBy,
            differences: [...compareBrokers(broker.attributes, replacement.attributes)],
          }
        : null,
    events: events.map(({ at, actor, kind, stepTitle, note }) => ({
      at: at.toISOString(),
      actor,
      kind,
      step: stepTitle,
      note,
    })),
    refusal: refusalOf(ctx, broker),
    asOf: now.toISOString(),
    freshness,
  };
}

/** A broker as conditions are judged by. */
export function observedOf({ attributes, goneAt, ruleResults }: PlanBrokerRow): ObservedWorld["broker"] {
  return { attributes, gone: goneAt !== null, ruleResults };
}

function waitingTitles(step: StepRow, all: readonly StepRow[]): string[] {
  if (step.state !== "open") return [];
  const keys = waitingFor(
    step.spec,
    all.map(({ spec: { key }, state }) => ({ key, state })),
  );
  return all.flatMap(({ spec }) => (keys.includes(spec.key) ? [spec.title] : []));
}

function checkOf({ check, met, observed }: CheckVerdict) {
  return {
    text: doneText({ kind: "observed", checks: [check] }),
    met,
    observed: observed === null ? null : Array.isArray(observed) ? observed.join(", ") || "none" : String(observed),
  };
}

function refusalOf({ actor }: Ctx, { ownerId }: PlanBrokerRow): string | null {
  const has = actor.permissions === "all" || actor.permissions.has("plans:write");
  if (!has) return "This needs the permission plans:write.";
  return mayActFor(actor, "plans:write", ownerId) ? null : NOT_YOURS;
}
