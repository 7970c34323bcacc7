import { figure, type Section } from "@/lib/domain/report-document";
import type { ReportFacts, ReportPlan } from "@/lib/reports/report-facts";
import { column, dayOf, table, topOf } from "@/lib/reports/tables";

/** How the plans of the quarter stand: active ones at its end, and those that ended in it. */
export function planCounts({ plans, at }: Pick<ReportFacts, "plans" | "at">) {
  const completed = plans.filter(({ completedAt }) => completedAt !== null && completedAt < at);
  const cancelled = plans.filter(({ cancelledAt }) => cancelledAt !== null && cancelledAt < at);
  const ended = new Set([...completed, ...cancelled]);
  const active = plans.filter((plan) => !ended.has(plan));
  return { active, completed, cancelled, overdue: active.filter(({ overdue }) => overdue > 0) };
}

/** A plan's state at the end of what the report looks at. */
export function planState({ completedAt, cancelledAt, overdue }: ReportPlan, at: Date): string {
  if (completedAt !== null && completedAt < at) return "Completed";
  if (cancelledAt !== null && cancelledAt < at) return "Cancelled";
  return overdue > 0 ? "Overdue" : "Active";
}

/** Plans and their progress. */
export function plansSection(facts: ReportFacts): Section {
  const { active, completed, cancelled, overdue } = planCounts(facts);
  const sorted = [...overdue, ...active.filter((plan) => !overdue.includes(plan)), ...completed, ...cancelled];
  return {
    id: "plans",
    title: "Plans",
    group: "report",
    blocks: [
      table({
        id: "plan-counts",
        title: "Plans in the quarter",
        columns: [column("what", "State", "text", 3), column("plans", "Plans", "figure")],
        rows: [
          ["Active at the end", figure("count", active.length)],
          ["Of these with overdue steps", figure("count", overdue.length)],
          ["Completed", figure("count", completed.length)],
          ["Cancelled", figure("count", cancelled.length)],
        ],
        empty: "There are no plans.",
      }),
      topOf(
        {
          id: "plans",
          title: "Plans, overdue ones first",
          columns: [
            column("title", "Plan", "text", 3.2),
            column("broker", "Broker", "text", 2),
            column("state", "State", "text", 1.1),
            column("done", "Steps done", "figure"),
            column("steps", "Steps", "figure", 0.8),
            column("ends", "Planned until", "date", 1.2),
          ],
          list: "plans",
          empty: "No plan was active in the quarter.",
        },
        sorted,
        (plan) => [
          plan.title,
          plan.brokerName,
          planState(plan, facts.at),
          figure("count", plan.done),
          figure("count", plan.steps),
          plan.endsOn,
        ],
      ),
    ],
  };
}

/** The complete list of plans. */
export function planRows(facts: ReportFacts): (string | null)[][] {
  return facts.plans.map((plan) => [
    String(plan.id),
    plan.title,
    plan.brokerName,
    plan.owner,
    planState(plan, facts.at),
    dayOf(plan.createdAt),
    String(plan.done),
    String(plan.steps),
    String(plan.overdue),
    plan.endsOn,
  ]);
}
