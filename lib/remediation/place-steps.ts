import type { MaintenanceWindow } from "@/lib/domain/broker";
import {
  addDays,
  addWorkingDays,
  instantAtStartUtc,
  type PlainDate,
  plainDateFromInstantUtc,
} from "@/lib/domain/plain-date";
import type { PlannedStep } from "@/lib/domain/plan";
import { nextWindows, windowProblem } from "@/lib/remediation/maintenance-window";

/** When a step is to be done: by the end of a UTC day, or in the window that begins at an instant. */
export interface Placement {
  plannedOn: PlainDate;
  windowAt: Date | null;
}

/** Hours of a working day that people have for such work; an estimate of the product. */
const HOURS_A_DAY = 6;

/**
 * Days and windows for steps in their order, from a day on. Work takes working days by its effort; each step that belongs into a maintenance window gets
 * one of its own, the next after everything it depends on and after the window before, so that each change can be looked at for a week. Without a known window the
 * step has a day alone.
 */
export function placeSteps(
  steps: readonly Pick<PlannedStep, "key" | "inWindow" | "effortHours" | "dependsOn">[],
  window: MaintenanceWindow | null | undefined,
  from: PlainDate,
): ReadonlyMap<string, Placement> {
  const placed = new Map<string, Placement>();
  const usable = window && windowProblem(window) === null ? window : null;
  let lastWindow: Date | null = null;
  for (const { key, inWindow, effortHours, dependsOn } of steps) {
    const after = dependsOn.reduce<PlainDate>((latest, other) => {
      const at = placed.get(other)?.plannedOn;
      return at !== undefined && at > latest ? at : latest;
    }, from);
    if (inWindow && usable) {
      // What comes before has its whole day.
      const ready = instantAtStartUtc(addDays(after, 1));
      const earliest: Date = lastWindow && lastWindow >= ready ? new Date(lastWindow.getTime() + 1) : ready;
      const [windowAt] = nextWindows(usable, earliest, 1);
      if (windowAt) {
        lastWindow = windowAt;
        placed.set(key, { plannedOn: plainDateFromInstantUtc(windowAt), windowAt });
        continue;
      }
    }
    placed.set(key, {
      plannedOn: addWorkingDays(after, Math.max(1, Math.ceil(effortHours / HOURS_A_DAY))),
      windowAt: null,
    });
  }
  return placed;
}
