import { AppError } from "@/lib/domain/errors";
import { type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A time as clocks show it. */
export interface TimeOfDay {
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Whether the platform knows a time zone of this name. */
export function isTimeZone(timeZone: string): boolean {
  return formatOf(timeZone) !== null;
}

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

/** Day and time as clocks of a zone show them at an instant. Throws invalid-input for a zone that is not known. */
export function localParts(
  at: Date,
  timeZone: string,
): { day: PlainDate; hour: number; minute: number; second: number } {
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

/** The day that it is in a zone. */
export function localDay(at: Date, timeZone: string): PlainDate {
  return localParts(at, timeZone).day;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const { day, hour, minute, second } = localParts(at, timeZone);
  const shown = Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + minute) * 60 + second) * 1000;
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}

/**
 * The instant at which clocks of a zone show a time. One that a clock change skips comes out as much later as the clock jumps (02:30 becomes 03:30), one
 * that it repeats is the first.
 */
export function instantOf(day: PlainDate, { hour, minute }: TimeOfDay, timeZone: string): Date {
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
