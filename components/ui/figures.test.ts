import { describe, expect, it } from "vitest";
import { formatAmount, formatBytes, formatDecimal, formatKpiFigure, formatNumberOf } from "./figures";

describe("formatDecimal", () => {
  it.each([
    ["1234.56", 1, "1,234.6"],
    ["0.05", 1, "0.1"],
    ["100", 1, "100"],
    ["-1234567.004", 2, "-1,234,567"],
    ["33.333333333333333333333333", 2, "33.33"],
    ["not a number", 1, "not a number"],
  ])("writes %s with at most %i digits as %s", (text, digits, expected) => {
    expect(formatDecimal(text, digits)).toBe(expected);
  });
});

describe("formatAmount", () => {
  it("rounds at display alone and never through a float", () => {
    expect(formatAmount("9007199254740993.005", "USD")).toBe("$9,007,199,254,740,993.01");
  });
  it("shows an amount of an unknown currency code rather than nothing", () => {
    expect(formatAmount("1.5", "??")).toBe("1.5 ??");
  });
});

describe("formatKpiFigure", () => {
  it.each([
    ["93.4567", "percent", "", "93.5\u00a0%"],
    ["12.34", "days", "high", "12.3 days"],
    ["1", "days", "high", "1 day"],
    ["1234.5", "money-per-month", "USD", "$1,234.50 per month"],
    ["7", "count", "", "7"],
  ])("writes %s %s (%s) as %s", (value, unit, series, expected) => {
    expect(formatKpiFigure(value, unit, series)).toBe(expected);
  });
});

it("counts one and many", () => {
  expect([formatNumberOf(1, "broker"), formatNumberOf(1200, "broker"), formatNumberOf(2, "entry", "entries")]).toEqual([
    "1 broker",
    "1,200 brokers",
    "2 entries",
  ]);
});

it("writes bytes in powers of ten", () => {
  expect([0, 999, 1000, 1_500_000].map(formatBytes)).toEqual(["0 B", "999 B", "1 kB", "1.5 MB"]);
});
