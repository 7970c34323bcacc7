import { AppError } from "./errors";
import {
  addMonths,
  comparePlainDates,
  type DayInterval,
  type PlainDate,
  plainDateOf,
  plainDateParts,
} from "./plain-date";

/**
 * A quarter of the fiscal year that begins in month `firstMonth` (1 to 12; 1 = the calendar year).
 * `year` names the calendar year in which that fiscal year ends, the usual convention: with October as first month,
 * October to December 2026 is FY2027-Q1. With January both years are the same and it is written 2026-Q4.
 */
export interface Quarter {
  readonly year: number;
  readonly number: QuarterNumber;
  readonly firstMonth: number;
}

export type QuarterNumber = 1 | 2 | 3 | 4;

const QUARTER_NUMBERS = [1, 2, 3, 4] as const;
const SHAPE = /^(FY)?(\d{4})-Q([1-4])$/;

/** The quarter a date falls in. Throws invalid-input when `firstMonth` is not a month. */
export function quarterOf(date: PlainDate, firstMonth = 1): Quarter {
  checkFirstMonth(firstMonth);
  const { year, month } = plainDateParts(date);
  const monthOfFiscalYear = (month - firstMonth + 12) % 12;
  const startYear = month >= firstMonth ? year : year - 1;
  return {
    year: firstMonth === 1 ? startYear : startYear + 1,
    number: quarterNumber(Math.floor(monthOfFiscalYear / 3)),
    firstMonth,
  };
}

/** First day, and first day after, of the quarter. */
export function quarterBounds(quarter: Quarter): DayInterval {
  checkFirstMonth(quarter.firstMonth);
  const startYear = quarter.firstMonth === 1 ? quarter.year : quarter.year - 1;
  const start = addMonths(plainDateOf(startYear, quarter.firstMonth, 1), (quarter.number - 1) * 3);
  return { start, endExclusive: addMonths(start, 3) };
}

/** The quarter before. */
export function previousQuarter(quarter: Quarter): Quarter {
  return shiftQuarter(quarter, -1);
}

/** The quarter after. */
export function nextQuarter(quarter: Quarter): Quarter {
  return shiftQuarter(quarter, 1);
}

/** The quarter `count` later (earlier when negative). */
export function shiftQuarter(quarter: Quarter, count: number): Quarter {
  const index = quarter.year * 4 + (quarter.number - 1) + count;
  const year = Math.floor(index / 4);
  return { year, number: quarterNumber(index - year * 4), firstMonth: quarter.firstMonth };
}

/** Sort order by first day: negative, zero or positive. */
export function compareQuarters(a: Quarter, b: Quarter): number {
  return comparePlainDates(quarterBounds(a).start, quarterBounds(b).start);
}

/** `2026-Q3`, or `FY2027-Q1` where the fiscal year does not begin in January. */
export function formatQuarter(quarter: Quarter): string {
  return `${quarter.firstMonth === 1 ? "" : "FY"}${String(quarter.year).padStart(4, "0")}-Q${quarter.number}`;
}

/**
 * The quarter a text names under the setting. Throws invalid-input on anything else, also on `FY…` under January and on a bare year under
 * another month: the same text would otherwise mean different days before and after the setting is changed.
 */
export function parseQuarter(text: string, firstMonth = 1): Quarter {
  checkFirstMonth(firstMonth);
  const match = SHAPE.exec(text);
  const example = firstMonth === 1 ? "2026-Q3" : "FY2027-Q1";
  if (!match || (match[1] === "FY") === (firstMonth === 1)) {
    throw new AppError("invalid-input", `a quarter is written like ${example}, not ${JSON.stringify(text)}`);
  }
  const year = Number(match[2]);
  if (year < 2 || year > 9998) throw new AppError("invalid-input", `no quarter of year ${year}`);
  return { year, number: quarterNumber(Number(match[3]) - 1), firstMonth };
}

function quarterNumber(index: number): QuarterNumber {
  const number = QUARTER_NUMBERS[index];
  if (number === undefined) throw new AppError("internal", `no quarter with index ${index}`);
  return number;
}

function checkFirstMonth(firstMonth: number): void {
  if (!Number.isInteger(firstMonth) || firstMonth < 1 || firstMonth > 12) {
    throw new AppError("invalid-input", `the first month of the fiscal year is 1 to 12, not ${firstMonth}`);
  }
}
