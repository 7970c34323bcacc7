import type { PlanDetail } from "@/lib/contracts/plans";
import type { MaintenanceWindow } from "@/lib/domain/broker";
import type { PlannedStep } from "@/lib/domain/plan";
import { doneText } from "@/lib/remediation/done-condition";
import { localText, nextWindows, windowProblem } from "@/lib/remediation/maintenance-window";

/** Windows offered for a step: half a year. */
const WINDOWS = 26;

/** The coming maintenance windows of a broker, as UTC instants and as the clocks of their own zone show them. */
export function windowsOf(window: MaintenanceWindow | null | undefined, now: Date): PlanDetail["windows"] {
  const problem = windowProblem(window);
  return {
    text: window ? `${window.dayOfWeek} ${window.timeOfDay} ${window.timeZone}` : null,
    timeZone: window?.timeZone ?? null,
    problem,
    next:
      window && problem === null
        ? nextWindows(window, now, WINDOWS).map((at) => ({
            at: at.toISOString(),
            local: localText(at, window.timeZone),
          }))
        : [],
  };
}

/** What is the same of a step before and after it was stored. */
export function stepTextOf(
  spec: PlannedStep,
  placed: { plannedOn: string | null; windowAt: Date | null },
  window: MaintenanceWindow | null | undefined,
) {
  const { done, ...rest } = spec;
  return {
    ...rest,
    dependsOn: [...rest.dependsOn],
    findingIds: [...rest.findingIds],
    doneKind: done.kind,
    doneWhen: doneText(done),
    plannedOn: placed.plannedOn,
    windowAt: placed.windowAt?.toISOString() ?? null,
    windowLocal:
      placed.windowAt && window && windowProblem(window) === null ? localText(placed.windowAt, window.timeZone) : null,
  };
}
