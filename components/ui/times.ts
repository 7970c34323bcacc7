const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A calendar day for reading: "21 Nov 2026". Takes a day or an instant; the text itself where it is neither. */
export function formatDay(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  const month = match?.[2] ? MONTHS[Number(match[2]) - 1] : undefined;
  return match?.[3] && month ? `${Number(match[3])} ${month} ${match[1]}` : day;
}

/** A short day for axes: "21 Nov". */
export function formatDayShort(day: string): string {
  return formatDay(day).replace(/ \d{4}$/, "");
}

/** A month for axes: "Nov 2026". */
export function formatMonth(day: string): string {
  return formatDay(day).replace(/^\d+ /, "");
}

/** An instant for reading, always UTC, so that all readers see the same: "21 Nov 2026, 00:41 UTC". */
export function formatInstant(instant: string): string {
  return `${formatDay(instant)}, ${instant.slice(11, 16)} UTC`;
}

/** Time from one instant to a later one in one unit: "5 minutes", "3 days". */
export function formatSpan(from: string, until: string): string {
  const ms = Math.max(0, Date.parse(until) - Date.parse(from));
  const of = (size: number, unit: string) => {
    const count = Math.floor(ms / size);
    return `${count} ${unit}${count === 1 ? "" : "s"}`;
  };
  if (ms < MINUTE_MS) return of(1000, "second");
  if (ms < HOUR_MS) return of(MINUTE_MS, "minute");
  if (ms < 2 * DAY_MS) return of(HOUR_MS, "hour");
  return of(DAY_MS, "day");
}

/** Age of something as of the answer that names it, never of the reader's clock: "3 days ago". */
export function formatAge(instant: string, asOf: string): string {
  return Date.parse(asOf) - Date.parse(instant) < MINUTE_MS ? "just now" : `${formatSpan(instant, asOf)} ago`;
}

/** Days from one calendar day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round(
    (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / DAY_MS,
  );
}
