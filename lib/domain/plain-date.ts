import { AppError } from "./errors";

declare const plainDateBrand: unique symbol;

/**
 * A calendar date without time or zone, written YYYY-MM-DD (years 0001 to 9999, proleptic Gregorian): end-of-support dates,
 * cost days, quarter bounds. Being text, two of them compare with `<` and `===`, and it goes unchanged to JSON and SQL.
 */
export type PlainDate = string & { readonly [plainDateBrand]: true };

/** A half-open interval of days: `start` is in, `endExclusive` is not. */
export interface DayInterval {
  readonly start: PlainDate;
  readonly endExclusive: PlainDate;
}

const HYPHEN = 45;
const FIRST_DAY = toDayNumber(1, 1, 1);
const LAST_DAY = toDayNumber(9999, 12, 31);

/** Whether a text is a date that exists in the calendar. */
export function isPlainDate(text: string): text is PlainDate {
  // Digit by digit: a sync asks for every row that it reads.
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return false;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month);
}

/** The number that digits spell; NaN where another character is among them. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The text as a date. Throws invalid-input when it is not a YYYY-MM-DD that exists. */
export function parsePlainDate(text: string): PlainDate {
  if (!isPlainDate(text))
    throw new AppError("invalid-input", `not a calendar date (YYYY-MM-DD): ${JSON.stringify(text)}`);
  return text;
}

/** The UTC day an instant falls on. Throws invalid-input on an invalid Date or one outside years 1 to 9999. */
export function plainDateFromInstantUtc(instant: Date): PlainDate {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new AppError("invalid-input", "not an instant: invalid Date");
  return fromDayNumber(Math.floor(ms / 86_400_000));
}

/** Midnight UTC at which the day begins. */
export function instantAtStartUtc(date: PlainDate): Date {
  return new Date(dayNumber(date) * 86_400_000);
}

/** The date `days` later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return fromDayNumber(dayNumber(date) + wholeNumber(days, "days"));
}

/** The same day of the month `months` later (earlier when negative), or that month's last day where it has no such day. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = plainDateParts(date);
  const monthIndex = year * 12 + (month - 1) + wholeNumber(months, "months");
  const targetYear = Math.floor(monthIndex / 12);
  const targetMonth = monthIndex - targetYear * 12 + 1;
  return fromDayNumber(toDayNumber(targetYear, targetMonth, Math.min(day, lengthOfMonth(targetYear, targetMonth))));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function diffDays(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Sort order: negative, zero or positive. */
export function comparePlainDates(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The earlier of two dates. */
export function earlierOf(a: PlainDate, b: PlainDate): PlainDate {
  return b < a ? b : a;
}

/** The later of two dates. */
export function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  return b > a ? b : a;
}

/** Year, month (1 to 12) and day of the month. */
export function plainDateParts(date: PlainDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** A date of its parts (month 1 to 12). Throws invalid-input when there is no such day. */
export function plainDateOf(year: number, month: number, day: number): PlainDate {
  return parsePlainDate(
    `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`,
  );
}

/** First day of the date's month. */
export function startOfMonth(date: PlainDate): PlainDate {
  const { year, month } = plainDateParts(date);
  return plainDateOf(year, month, 1);
}

/** First day after the date's month. */
export function endExclusiveOfMonth(date: PlainDate): PlainDate {
  return addMonths(startOfMonth(date), 1);
}

/** Number of days in the date's month, 28 to 31. */
export function daysInMonth(date: PlainDate): number {
  const { year, month } = plainDateParts(date);
  return lengthOfMonth(year, month);
}

/** ISO day of the week: 1 = Monday to 7 = Sunday. */
export function dayOfWeek(date: PlainDate): number {
  return mod(dayNumber(date) + 3, 7) + 1; // 1970-01-01 was a Thursday
}

/** Saturday or Sunday. Public holidays are not known to the product. */
export function isWeekend(date: PlainDate): boolean {
  return dayOfWeek(date) >= 6;
}

/**
 * The date `days` working days (Monday to Friday) after `date`; `date` itself is not counted, whatever day it is. So 1 from a Friday or a
 * Saturday is the Monday, and 0 is the date itself. Negative counts back. Public holidays are not known and count as working days.
 */
export function addWorkingDays(date: PlainDate, days: number): PlainDate {
  const count = Math.abs(wholeNumber(days, "days"));
  const step = days < 0 ? -1 : 1;
  // Whole weeks hold five working days wherever they start; only the rest is walked.
  let current = addDays(date, step * Math.floor(count / 5) * 7);
  let left = count % 5;
  if (left === 0 && count > 0 && isWeekend(current)) {
    // Five working days after a Saturday is the Friday, not the next Saturday.
    while (isWeekend(current)) current = addDays(current, -step);
  }
  while (left > 0) {
    current = addDays(current, step);
    if (!isWeekend(current)) left -= 1;
  }
  return current;
}

/** Every day of the half-open interval, in order; empty when it ends before it starts. */
export function daysOf(interval: DayInterval): PlainDate[] {
  const first = dayNumber(interval.start);
  const length = Math.max(0, dayNumber(interval.endExclusive) - first);
  return Array.from({ length }, (_, index) => fromDayNumber(first + index));
}

/** Whether a day lies in the half-open interval. */
export function intervalContains(interval: DayInterval, date: PlainDate): boolean {
  return date >= interval.start && date < interval.endExclusive;
}

function dayNumber(date: PlainDate): number {
  const { year, month, day } = plainDateParts(date);
  return toDayNumber(year, month, day);
}

/** Days since 1970-01-01 by integer arithmetic (Howard Hinnant's days_from_civil): no Date, so no time zone can leak in. */
function toDayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const knownDays = new Map<number, PlainDate>();
/** Fifty years: more than any history has. */
const REMEMBERED_DAYS = 18_000;

/** Remembered, because the instants of a fleet fall on few days and are asked for by the hundred thousand. */
function fromDayNumber(days: number): PlainDate {
  const known = knownDays.get(days);
  if (known !== undefined) return known;
  const date = writtenDay(days);
  if (knownDays.size >= REMEMBERED_DAYS) knownDays.clear();
  knownDays.set(days, date);
  return date;
}

function writtenDay(days: number): PlainDate {
  if (!(days >= FIRST_DAY && days <= LAST_DAY))
    throw new AppError("invalid-input", "date outside the years 0001 to 9999");
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return plainDateOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function wholeNumber(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new AppError("invalid-input", `${what} must be a whole number, not ${value}`);
  return value;
}

function mod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
