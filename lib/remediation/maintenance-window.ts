import type { MaintenanceWindow } from "@/lib/domain/broker";
import { AppError } from "@/lib/domain/errors";
import { addDays, dayOfWeek } from "@/lib/domain/plain-date";
import { instantOf, isTimeZone, localDay, localParts, type TimeOfDay } from "@/lib/domain/zoned-time";

/**
 * How long maintenance can take from its start. Source: Amazon MQ developer guide, "Scheduling the maintenance window": "can last up to two hours
 * depending on the operations that are scheduled".
 */
export const WINDOW_MINUTES = 120;

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

/** Why windows cannot be computed; null where they can. AWS's texts are taken as they come, so each part is looked at. */
export function windowProblem(window: MaintenanceWindow | null | undefined): string | null {
  if (!window) return "The maintenance window was never observed.";
  if (!DAYS.includes(window.dayOfWeek.toUpperCase())) return `The day "${window.dayOfWeek}" is no day of the week.`;
  if (!timeOf(window.timeOfDay)) return `The time "${window.timeOfDay}" is no time of day.`;
  return isTimeZone(window.timeZone) ? null : `The time zone "${window.timeZone}" is not known.`;
}

/**
 * The next `count` weekly windows that begin at `from` or later, as UTC instants in order. The window's own zone decides, daylight saving included: a
 * time that a clock change skips begins as much later as the clock jumps (02:30 becomes 03:30), one that it repeats begins the first time. AWS says
 * nothing about those two hours a year. Errors: invalid-input for a window that cannot be computed (windowProblem).
 */
export function nextWindows(window: MaintenanceWindow, from: Date, count: number): Date[] {
  const problem = windowProblem(window);
  const time = timeOf(window.timeOfDay);
  if (problem || !time) throw new AppError("invalid-input", problem ?? "not a maintenance window");
  const wanted = DAYS.indexOf(window.dayOfWeek.toUpperCase()) + 1;
  // A day earlier: a skipped time may push the window of yesterday's date past `from`.
  const first = addDays(localDay(from, window.timeZone), -1);
  let day = addDays(first, (wanted - dayOfWeek(first) + 7) % 7);
  const found: Date[] = [];
  while (found.length < count) {
    const start = instantOf(day, time, window.timeZone);
    if (start >= from) found.push(start);
    day = addDays(day, 7);
  }
  return found;
}

/** Whether a window begins at the instant. */
export function isWindowStart(window: MaintenanceWindow, at: Date): boolean {
  return nextWindows(window, at, 1)[0]?.getTime() === at.getTime();
}

/** The instant as clocks of a zone show it: "Sun 2026-11-22 03:00". */
export function localText(at: Date, timeZone: string): string {
  const { day, hour, minute } = localParts(at, timeZone);
  const name = DAYS[dayOfWeek(day) - 1] ?? "";
  const two = (value: number) => String(value).padStart(2, "0");
  return `${name.slice(0, 1)}${name.slice(1, 3).toLowerCase()} ${day} ${two(hour)}:${two(minute)}`;
}

function timeOf(text: string): TimeOfDay | null {
  const match = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(text.trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  return match && hour <= 23 && minute <= 59 ? { hour, minute } : null;
}
