import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, intervalContains, parsePlainDate } from "./plain-date";
import {
  compareQuarters,
  formatQuarter,
  nextQuarter,
  parseQuarter,
  previousQuarter,
  quarterBounds,
  quarterOf,
  shiftQuarter,
} from "./quarter";

const d = parsePlainDate;

describe("quarterOf and quarterBounds", () => {
  it.each([
    ["2026-01-01", 1, "2026-Q1", "2026-01-01", "2026-04-01"],
    ["2026-03-31", 1, "2026-Q1", "2026-01-01", "2026-04-01"],
    ["2026-04-01", 1, "2026-Q2", "2026-04-01", "2026-07-01"],
    ["2026-12-31", 1, "2026-Q4", "2026-10-01", "2027-01-01"],
    ["2024-02-29", 1, "2024-Q1", "2024-01-01", "2024-04-01"],
    ["2026-10-01", 10, "FY2027-Q1", "2026-10-01", "2027-01-01"],
    ["2026-09-30", 10, "FY2026-Q4", "2026-07-01", "2026-10-01"],
    ["2027-01-01", 10, "FY2027-Q2", "2027-01-01", "2027-04-01"],
    ["2026-11-21", 4, "FY2027-Q3", "2026-10-01", "2027-01-01"],
    ["2026-02-28", 2, "FY2027-Q1", "2026-02-01", "2026-05-01"],
    ["2026-01-31", 2, "FY2026-Q4", "2025-11-01", "2026-02-01"],
    ["2026-12-01", 12, "FY2027-Q1", "2026-12-01", "2027-03-01"],
    ["2026-11-30", 12, "FY2026-Q4", "2026-09-01", "2026-12-01"],
  ])("%s with first month %i is %s, [%s, %s)", (date, firstMonth, text, start, endExclusive) => {
    const quarter = quarterOf(d(date), firstMonth);
    expect(formatQuarter(quarter)).toBe(text);
    expect(quarterBounds(quarter)).toEqual({ start, endExclusive });
    expect(parseQuarter(text, firstMonth)).toEqual(quarter);
  });

  it("tile the calendar without gap or overlap, for every first month", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 60_000 }), fc.integer({ min: 1, max: 12 }), (days, firstMonth) => {
        const date = addDays(d("2026-01-01"), days);
        const quarter = quarterOf(date, firstMonth);
        const bounds = quarterBounds(quarter);
        expect(intervalContains(bounds, date)).toBe(true);
        expect(quarterOf(bounds.start, firstMonth)).toEqual(quarter);
        expect(nextQuarter(quarter)).toEqual(quarterOf(bounds.endExclusive, firstMonth));
        expect(previousQuarter(quarter)).toEqual(quarterOf(addDays(bounds.start, -1), firstMonth));
      }),
    );
  });

  it.each([0, 13, 1.5, Number.NaN])("refuse %s as a first month", (firstMonth) => {
    expect(() => quarterOf(d("2026-01-01"), firstMonth)).toThrow(/1 to 12/);
    expect(() => parseQuarter("FY2026-Q1", firstMonth)).toThrow(/1 to 12/);
  });
});

describe("moving and sorting quarters", () => {
  it("crosses years both ways", () => {
    expect(formatQuarter(nextQuarter(parseQuarter("2026-Q4")))).toBe("2027-Q1");
    expect(formatQuarter(previousQuarter(parseQuarter("2026-Q1")))).toBe("2025-Q4");
    expect(formatQuarter(shiftQuarter(parseQuarter("FY2027-Q1", 7), -5))).toBe("FY2025-Q4");
  });

  it("orders by first day", () => {
    expect(compareQuarters(parseQuarter("2026-Q4"), parseQuarter("2027-Q1"))).toBeLessThan(0);
    expect(compareQuarters(parseQuarter("2026-Q4"), parseQuarter("2026-Q4"))).toBe(0);
  });
});

describe("parseQuarter", () => {
  it.each([
    ["2026-Q5", 1],
    ["2026-Q0", 1],
    ["2026-q1", 1],
    ["Q1-2026", 1],
    ["FY2026-Q1", 1],
    ["2026-Q1", 4],
    ["", 1],
    ["0000-Q1", 1],
  ])("refuses %j with first month %i", (text, firstMonth) => {
    expect(() => parseQuarter(text, firstMonth)).toThrow(/quarter/);
  });
});
