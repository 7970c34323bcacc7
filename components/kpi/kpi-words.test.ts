import { describe, expect, it } from "vitest";
import { backingInWords, gapsInShort, gapsInWords, ratioInWords, targetVerdict, trendInWords } from "./kpi-words";

const value = {
  series: "",
  value: "92.857142857142857142",
  numerator: "78",
  denominator: "84",
  unknowns: 3,
  exclusions: [
    { reason: "replicas", count: 2 },
    { reason: "not in service", count: 0 },
  ],
  parts: [],
  asOf: null,
  unavailable: null,
  caveats: [],
};
const percent = { target: 95, unit: "percent", direction: "up-is-good" };

describe("a figure in words", () => {
  it("names numerator and denominator", () => {
    const labels = {
      unit: "percent",
      numeratorLabel: "brokers on supported lines",
      denominatorLabel: "brokers in scope",
    };
    expect(ratioInWords(labels, value)).toBe("78 of 84 brokers in scope");
    expect(ratioInWords(labels, { ...value, denominator: null })).toBeNull();
  });

  it("counts one thing in the singular", () => {
    const labels = { unit: "count", numeratorLabel: null, denominatorLabel: "incidents in the register" };
    const of = (denominator: string) => ratioInWords(labels, { ...value, numerator: "1", denominator });
    expect(of("1")).toBe("1 of 1 incident in the register");
    expect(of("11")).toBe("1 of 11 incidents in the register");
  });

  it("writes the numerator of a rate as what it is", () => {
    const labels = {
      unit: "money-per-month",
      numeratorLabel: "in the last 7 final days",
      denominatorLabel: "days",
    };
    expect(ratioInWords(labels, { ...value, series: "USD", numerator: "700.5", denominator: "7" })).toBe(
      "$700.50 in the last 7 final days ÷ 7 days",
    );
  });

  it("writes both sides of a change of an amount as amounts", () => {
    const labels = {
      unit: "percent",
      numeratorLabel: "more than in the month before",
      denominatorLabel: "in the month before",
    };
    expect(ratioInWords(labels, { ...value, series: "USD", numerator: "21.85", denominator: "658.5" })).toBe(
      "$21.85 more than in the month before ÷ $658.50 in the month before",
    );
  });

  it("says what is unknown and what is left out, and nothing about what is none", () => {
    expect(gapsInWords(value)).toEqual(["3 unknown", "2 left out: replicas"]);
    expect(gapsInShort(value)).toBe("3 unknown, 2 left out");
    expect(gapsInShort({ unknowns: 0, exclusions: [{ reason: "not in service", count: 0 }] })).toBeNull();
  });
});

describe("what is behind a figure", () => {
  const kpi = { unit: "percent", numeratorLabel: "brokers on supported lines", denominatorLabel: "brokers in scope" };

  it("is the ratio, the unknown, what is left out, the time of the data and the caveats", () => {
    const backed = { ...value, asOf: "2026-11-20T06:00:00.000Z", caveats: ["A caveat."] };
    expect(backingInWords(kpi, backed)).toEqual([
      "92.9\u00a0%: 78 of 84 brokers in scope",
      "3 unknown",
      "2 left out: replicas",
      "Oldest fact of 20 Nov 2026, 06:00 UTC",
      "A caveat.",
    ]);
  });

  it("says so where nothing is unknown or left out, and where no time is known", () => {
    expect(backingInWords(kpi, { ...value, unknowns: 0, exclusions: [] }).slice(1)).toEqual([
      "Nothing unknown",
      "Nothing left out",
      "Time of the data not known",
    ]);
  });

  it("gives the reason, and no ratio, where there is no figure", () => {
    expect(backingInWords(kpi, { ...value, value: null, unavailable: "No broker is in scope." })[0]).toBe(
      "Not available: No broker is in scope.",
    );
  });
});

describe("target", () => {
  it.each([
    ["up-is-good", "95", true],
    ["up-is-good", "94.999999999999999999", false],
    ["down-is-good", "95", true],
    ["down-is-good", "95.000000000000000001", false],
  ])("%s at %s is met: %s", (direction, figure, met) => {
    expect(targetVerdict({ ...percent, direction }, { ...value, value: figure })?.met).toBe(met);
  });

  it("is not judged without target, figure or better direction", () => {
    expect(targetVerdict({ ...percent, target: null }, value)).toBeNull();
    expect(targetVerdict(percent, { ...value, value: null })).toBeNull();
    expect(targetVerdict({ ...percent, direction: "neutral" }, value)).toBeNull();
  });
});

describe("trend in words", () => {
  it("names first and last known snapshot", () => {
    const points = [
      { day: "2026-08-01", value: null },
      { day: "2026-08-02", value: "80" },
      { day: "2026-11-21", value: "92.86" },
    ];
    expect(trendInWords("Supported versions", "percent", points)).toBe(
      "Supported versions: from 80\u00a0% on 2 Aug 2026 to 92.9\u00a0% on 21 Nov 2026, 2 snapshots",
    );
  });
  it("says when there is no history", () => expect(trendInWords("X", "percent", [])).toBe("X: no history yet"));
});
