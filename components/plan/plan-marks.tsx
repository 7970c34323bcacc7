"use client";

import ProgressBar from "@cloudscape-design/components/progress-bar";
import { sentenceCase } from "@/components/broker/labels";
import { formatAmount, formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { PlanItem } from "@/lib/contracts/plans";
import type { MonthlyAmount, StepCost } from "@/lib/domain/plan";

const STATES = {
  active: { type: "in-progress", text: "Active" },
  completed: { type: "success", text: "Completed" },
  cancelled: { type: "stopped", text: "Cancelled" },
} as const;

export function PlanState({ state }: { state: PlanItem["state"] }) {
  return <Status type={STATES[state].type}>{STATES[state].text}</Status>;
}

/** How many of a plan's steps are done, and how many are overdue. */
export function PlanProgress({ plan }: { plan: Pick<PlanItem, "doneSteps" | "steps" | "overdueSteps" | "title"> }) {
  const { doneSteps, steps, overdueSteps } = plan;
  return (
    <div>
      <ProgressBar
        value={steps === 0 ? 0 : (100 * doneSteps) / steps}
        ariaLabel={`Progress of ${plan.title}`}
        additionalInfo={`${doneSteps} of ${formatNumberOf(steps, "step")} done`}
      />
      {overdueSteps > 0 && <Status type="warning">{formatNumberOf(overdueSteps, "step")} overdue</Status>}
    </div>
  );
}

/** A list price per month, or why there is none. */
export function MonthlyPrice({ amount }: { amount: MonthlyAmount }) {
  return amount.known ? (
    <span title={`List price of ${formatDay(amount.priceListOf)}`}>{formatAmount(amount.amount, amount.currency)}</span>
  ) : (
    <span title={amount.reason}>Unknown: {amount.reason}</span>
  );
}

export function CostChange({ cost }: { cost: StepCost }) {
  return (
    <div>
      <div>
        Before: <MonthlyPrice amount={cost.before} />
      </div>
      <div>
        After: <MonthlyPrice amount={cost.after} />
      </div>
      {cost.parallel && (
        <div>
          Side by side: <MonthlyPrice amount={cost.parallel} />
        </div>
      )}
    </div>
  );
}

/** "TUESDAY 21:00 UTC" as AWS says it, for reading. */
export function windowWords(text: string | null): string {
  return text === null ? "–" : text.replace(/^[A-Z]+/, sentenceCase);
}

/** When a step is placed: its window in its own time zone and in UTC, or a day. */
export function StepTime({
  step: { plannedOn, windowAt, windowLocal },
  timeZone,
}: {
  step: { plannedOn: string | null; windowAt: string | null; windowLocal: string | null };
  timeZone: string | null;
}) {
  if (!windowAt) return <span>{plannedOn ? formatDay(plannedOn) : "No date"}</span>;
  return (
    <div>
      <div>
        {windowLocal
          ? `${windowLocal.replace(/\d{4}-\d{2}-\d{2}/, (day) => `${formatDay(day)},`)} ${timeZone ?? ""}`
          : formatInstant(windowAt)}
      </div>
      {windowLocal && timeZone !== "UTC" && <small>{formatInstant(windowAt)}</small>}
    </div>
  );
}
