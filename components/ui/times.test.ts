import { describe, expect, it } from "vitest";
import { daysBetween, formatAge, formatDay, formatDayShort, formatInstant, formatMonth, formatSpan } from "./times";

describe("days and instants", () => {
  it("writes days without a time zone and instants in UTC", () => {
    expect(formatDay("2026-02-28")).toBe("28 Feb 2026");
    expect(formatDayShort("2026-12-01")).toBe("1 Dec");
    expect(formatMonth("2026-12-01")).toBe("Dec 2026");
    expect(formatInstant("2026-11-21T00:41:59.123Z")).toBe("21 Nov 2026, 00:41 UTC");
  });
  it("shows what it cannot read", () => expect(formatDay("soon")).toBe("soon"));
});

describe("ages", () => {
  const from = "2026-03-01T00:00:00Z";
  it.each([
    ["2026-03-01T00:00:01Z", "1 second"],
    ["2026-03-01T00:59:59Z", "59 minutes"],
    ["2026-03-01T01:00:00Z", "1 hour"],
    ["2026-03-02T23:59:59Z", "47 hours"],
    ["2026-03-03T00:00:00Z", "2 days"],
    ["2026-02-01T00:00:00Z", "0 seconds"],
  ])("until %s is %s", (until, expected) => expect(formatSpan(from, until)).toBe(expected));

  it("says just now within the minute", () => {
    expect(formatAge(from, "2026-03-01T00:00:30Z")).toBe("just now");
    expect(formatAge(from, "2026-03-04T00:00:00Z")).toBe("3 days ago");
  });

  it("counts days over a leap day", () => expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2));
});
