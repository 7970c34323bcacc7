import { describe, expect, it } from "vitest";
import { diffDays, parsePlainDate } from "@/lib/domain/plain-date";
import { historyDays, leftOutOn } from "./history-days";

const anchor = parsePlainDate("2026-11-20");
const QUARTER_ENDS = ["2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30"];

describe("historyDays", () => {
  const all = historyDays({ anchor, last: anchor, done: null });

  it("reaches back 15 months, weekly until the last four weeks, which are daily", () => {
    expect(all[0]).toBe("2025-08-20");
    expect(all.at(-1)).toBe("2026-11-20");
    const weekly = all.filter((day) => !QUARTER_ENDS.includes(day) || diffDays(all[0] ?? day, day) % 7 === 0);
    const gaps = weekly.slice(1).map((day, index) => diffDays(weekly[index] ?? day, day));
    expect(gaps.slice(-28)).toEqual(Array.from({ length: 28 }, () => 1));
    expect(gaps.slice(0, -29).every((gap) => gap === 7)).toBe(true);
    expect(all.length).toBeLessThan(100);
  });

  it("has the last day of every quarter", () => {
    for (const day of QUARTER_ENDS) expect(all).toContain(day);
  });

  it("goes on where it stood", () => {
    const done = parsePlainDate("2026-11-17");
    expect(historyDays({ anchor, last: anchor, done })).toEqual(["2026-11-18", "2026-11-19", "2026-11-20"]);
    expect(historyDays({ anchor, last: anchor, done: anchor })).toEqual([]);
  });

  it("catches up after months away, weekly for what is older than four weeks", () => {
    const last = parsePlainDate("2027-06-20");
    const days = historyDays({ anchor, last, done: anchor });
    expect(days.length).toBeLessThan(60);
    expect(days.at(-1)).toBe("2027-06-20");
    expect(days.every((day) => day > "2026-11-20")).toBe(true);
  });
});

describe("leftOutOn", () => {
  const all = historyDays({ anchor, last: anchor, done: null });
  const leftOut = (day: (typeof all)[number]) => leftOutOn(day, { anchor, last: anchor });

  it("reads costs with the first sync, and everything with the last", () => {
    expect(leftOut(all[0] ?? anchor)).toEqual(["metrics"]);
    expect(leftOut(anchor)).toEqual([]);
  });

  it("reads costs at least once in every month", () => {
    const reading = all.filter((day) => !leftOut(day).includes("costs"));
    const gaps = reading.slice(1).map((day, index) => diffDays(reading[index] ?? day, day));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(34);
  });

  it("reads metrics by the last sync, whose 15 days of hours and 13 months of days are what is kept", () => {
    const reading = all.filter((day) => !leftOut(day).includes("metrics"));
    expect(reading.at(-1)).toBe(anchor);
    expect(reading.length).toBeLessThanOrEqual(3);
  });

  it("reads the surroundings of brokers with the first and the last sync, and weekly near the end", () => {
    const reading = all.filter((day) => !leftOut(day).includes("surroundings"));
    expect(reading[0]).toBe(all[0]);
    expect(reading.at(-1)).toBe(anchor);
    const late = reading.filter((day) => diffDays(day, anchor) <= 28);
    const gaps = late.slice(1).map((day, index) => diffDays(late[index] ?? day, day));
    expect(gaps.every((gap) => gap === 7)).toBe(true);
  });
});
