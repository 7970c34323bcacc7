import type { MaintenanceWindow } from "@/lib/domain/broker";
import { AppError } from "@/lib/domain/errors";
import { addDays, dayOfWeek, type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";

/**
 * How long maintenance can take from its start. Source: Amazon MQ developer guide, "Scheduling the maintenance window": "can last up to two hours
 * depending on the operations that are scheduled".
 */
export const WINDOW_MINUTES = 120;

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Why windows cannot be computed; null where they can. AWS's texts are taken as they come, so each part is looked at. */
export function windowProblem(window: MaintenanceWindow | null | undefined): string | null {
  if (!window) return "The maintenance window was never observed.";
  if (!DAYS.includes(window.dayOfWeek.toUpperCase())) return `The day "${window.dayOfWeek}" is no day of the week.`;
  if (!timeOf(window.timeOfDay)) return `The time "${window.timeOfDay}" is no time of day.`;
  return formatOf(window.timeZone) ? null : `The time zone "${window.timeZone}" is not known.`;
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

interface TimeOfDay {
  hour: number;
  minute: number;
}

function timeOf(text: string): TimeOfDay | null {
  const match = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(text.trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  return match && hour <= 23 && minute <= 59 ? { hour, minute } : null;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = makeFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function localParts(at: Date, timeZone: string): { day: PlainDate; hour: number; minute: number; second: number } {
  const format = formatOf(timeZone);
  if (!format) throw new AppError("invalid-input", `The time zone "${timeZone}" is not known.`);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return {
    day: parsePlainDate(`${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`),
    hour: Number(part("hour")),
    minute: Number(part("minute")),
    second: Number(part("second")),
  };
}

function localDay(at: Date, timeZone: string): PlainDate {
  return localParts(at, timeZone).day;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const { day, hour, minute, second } = localParts(at, timeZone);
  const shown = Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + minute) * 60 + second) * 1000;
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}

function instantOf(day: PlainDate, { hour, minute }: TimeOfDay, timeZone: string): Date {
  const shown = Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * MINUTE_MS;
  const before = offsetAt(new Date(shown - DAY_MS), timeZone);
  const after = offsetAt(new Date(shown + DAY_MS), timeZone);
  // Ahead of a change the offset before it holds, behind it the one after; the earlier of two that fit is the first of a repeated time.
  for (const offset of before >= after ? [before, after] : [after, before]) {
    if (offsetAt(new Date(shown - offset), timeZone) === offset) return new Date(shown - offset);
  }
  // Neither fits: the clock skips this time. With the offset before the change it comes out as much later as the clock jumps.
  return new Date(shown - before);
}
