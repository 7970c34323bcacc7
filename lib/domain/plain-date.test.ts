import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  addWorkingDays,
  comparePlainDates,
  dayOfWeek,
  daysInMonth,
  daysOf,
  diffDays,
  earlierOf,
  endExclusiveOfMonth,
  instantAtStartUtc,
  intervalContains,
  isPlainDate,
  isWeekend,
  laterOf,
  parsePlainDate,
  plainDateFromInstantUtc,
  plainDateOf,
  startOfMonth,
} from "./plain-date";

const d = parsePlainDate;
const anyDate = fc.integer({ min: -700_000, max: 2_900_000 }).map((days) => addDays(d("1970-01-01"), days));

describe("parsePlainDate", () => {
  it.each(["2026-11-21", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])("takes %s", (text) => {
    expect(parsePlainDate(text)).toBe(text);
  });

  it.each([
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "0000-01-01",
    "2026-1-1",
    "26-01-01",
    "2026-11-21T00:00:00Z",
    " 2026-11-21",
    "2026-11-21\n",
    "",
    "２０２６-11-21",
  ])("refuses %j", (text) => {
    expect(isPlainDate(text)).toBe(false);
    expect(() => parsePlainDate(text)).toThrow(/calendar date/);
  });
});

describe("plainDateFromInstantUtc", () => {
  it.each([
    ["2026-11-20T23:59:59.999Z", "2026-11-20"],
    ["2026-11-21T00:00:00.000Z", "2026-11-21"],
    ["2026-11-21T12:30:00+13:00", "2026-11-20"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31"],
    ["2024-02-29T10:00:00Z", "2024-02-29"],
  ])("puts %s on %s in UTC whatever the machine's zone", (instant, day) => {
    expect(plainDateFromInstantUtc(new Date(instant))).toBe(day);
  });

  it("refuses an invalid Date", () => {
    expect(() => plainDateFromInstantUtc(new Date("x"))).toThrow(/invalid Date/);
  });

  it("is undone by instantAtStartUtc", () => {
    fc.assert(fc.property(anyDate, (date) => plainDateFromInstantUtc(instantAtStartUtc(date)) === date));
    expect(instantAtStartUtc(d("2026-11-21")).toISOString()).toBe("2026-11-21T00:00:00.000Z");
  });
});

describe("day arithmetic", () => {
  it.each([
    ["2024-02-28", 1, "2024-02-29"],
    ["2023-02-28", 1, "2023-03-01"],
    ["2024-03-01", -1, "2024-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2025-06-16", -180, "2024-12-18"],
    ["1970-01-01", -1, "1969-12-31"],
  ])("%s plus %i days is %s", (from, days, to) => {
    expect(addDays(d(from), days)).toBe(to);
    expect(diffDays(d(from), d(to))).toBe(days);
  });

  it("agrees with JavaScript's own UTC calendar over all years", () => {
    fc.assert(fc.property(anyDate, (date) => instantAtStartUtc(date).toISOString().slice(0, 10) === date));
  });

  it("undoes itself", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -10_000, max: 10_000 }), (date, n) => {
        expect(addDays(addDays(date, n), -n)).toBe(date);
        expect(diffDays(date, addDays(date, n))).toBe(n);
      }),
    );
  });

  it("refuses fractions of days and years past the calendar", () => {
    expect(() => addDays(d("2026-01-01"), 0.5)).toThrow(/whole number/);
    expect(() => addDays(d("9999-12-31"), 1)).toThrow(/outside/);
    expect(() => addDays(d("0001-01-01"), -1)).toThrow(/outside/);
  });
});

describe("months", () => {
  it.each([
    ["2024-01-31", 1, "2024-02-29"],
    ["2023-01-31", 1, "2023-02-28"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-29"],
    ["2026-11-21", -11, "2025-12-21"],
    ["2026-01-15", -1, "2025-12-15"],
    ["2026-12-15", 1, "2027-01-15"],
  ])("%s plus %i months is %s", (from, months, to) => {
    expect(addMonths(d(from), months)).toBe(to);
  });

  it.each([
    ["2024-02-29", "2024-02-01", "2024-03-01", 29],
    ["2026-12-31", "2026-12-01", "2027-01-01", 31],
    ["2026-11-21", "2026-11-01", "2026-12-01", 30],
  ])("the month of %s is [%s, %s) of %i days", (date, start, end, days) => {
    expect(startOfMonth(d(date))).toBe(start);
    expect(endExclusiveOfMonth(d(date))).toBe(end);
    expect(daysInMonth(d(date))).toBe(days);
  });

  it("are built of parts only when the day exists", () => {
    expect(plainDateOf(2024, 2, 29)).toBe("2024-02-29");
    expect(() => plainDateOf(2025, 2, 29)).toThrow(/calendar date/);
  });
});

describe("weeks and working days", () => {
  it.each([
    ["2026-11-16", 1, false],
    ["2026-11-20", 5, false],
    ["2026-11-21", 6, true],
    ["2026-11-22", 7, true],
    ["1969-12-31", 3, false],
  ])("%s is day %i of the week", (date, day, weekend) => {
    expect(dayOfWeek(d(date))).toBe(day);
    expect(isWeekend(d(date))).toBe(weekend);
  });

  it.each([
    ["2026-11-20", 1, "2026-11-23"],
    ["2026-11-21", 1, "2026-11-23"],
    ["2026-11-16", 5, "2026-11-23"],
    ["2026-11-21", 5, "2026-11-27"],
    ["2026-11-22", 10, "2026-12-04"],
    ["2026-11-21", 0, "2026-11-21"],
    ["2026-11-23", -1, "2026-11-20"],
    ["2026-11-21", -5, "2026-11-16"],
    ["2026-09-30", 1, "2026-10-01"],
  ])("%s plus %i working days is %s", (from, days, to) => {
    expect(addWorkingDays(d(from), days)).toBe(to);
  });

  it("equals walking day by day and counting", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -60, max: 60 }), (date, n) => {
        let current = date;
        for (let left = Math.abs(n); left > 0; ) {
          current = addDays(current, Math.sign(n));
          if (!isWeekend(current)) left -= 1;
        }
        expect(addWorkingDays(date, n)).toBe(current);
      }),
    );
  });
});

describe("order and intervals", () => {
  it("sorts like text", () => {
    expect(comparePlainDates(d("2026-01-02"), d("2026-01-10"))).toBeLessThan(0);
    expect(comparePlainDates(d("2026-01-02"), d("2026-01-02"))).toBe(0);
    expect(comparePlainDates(d("2027-01-01"), d("2026-12-31"))).toBeGreaterThan(0);
    expect(earlierOf(d("2026-01-02"), d("2026-01-01"))).toBe("2026-01-01");
    expect(laterOf(d("2026-01-02"), d("2026-01-01"))).toBe("2026-01-02");
  });

  it("lists half-open intervals", () => {
    const leap = { start: d("2024-02-28"), endExclusive: d("2024-03-02") };
    expect(daysOf(leap)).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
    expect(daysOf({ start: d("2026-01-01"), endExclusive: d("2026-01-01") })).toEqual([]);
    expect(daysOf({ start: d("2026-01-02"), endExclusive: d("2026-01-01") })).toEqual([]);
    expect(intervalContains(leap, d("2024-02-28"))).toBe(true);
    expect(intervalContains(leap, d("2024-03-02"))).toBe(false);
  });
});
