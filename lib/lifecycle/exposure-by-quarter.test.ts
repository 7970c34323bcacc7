import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { exposureByQuarter, quartersFrom, type SupportEnd } from "./exposure-by-quarter";

const today = parsePlainDate("2026-11-21");
const end = (state: SupportEnd["state"], endOfSupport: string | null, notKnowableFrom: string | null = null) => ({
  state,
  endOfSupport: endOfSupport === null ? null : parsePlainDate(endOfSupport),
  notKnowableFrom: notKnowableFrom === null ? null : parsePlainDate(notKnowableFrom),
  stale: false,
});
const sort = (...items: ReturnType<typeof end>[]) =>
  exposureByQuarter(items, quartersFrom(today, 1, 5), { support: (item) => item, isStale: ({ stale }) => stale });

describe("quartersFrom", () => {
  it("begins with the running quarter and follows the fiscal year", () => {
    expect(quartersFrom(today, 1, 3).map(({ name }) => name)).toEqual(["2026-Q4", "2027-Q1", "2027-Q2"]);
    expect(quartersFrom(today, 10, 2)).toEqual([
      { name: "FY2027-Q1", start: "2026-10-01", endExclusive: "2027-01-01" },
      { name: "FY2027-Q2", start: "2027-01-01", endExclusive: "2027-04-01" },
    ]);
  });
});

describe("exposureByQuarter", () => {
  it.each([
    ["2026-12-31", "2026-Q4"],
    ["2027-01-01", "2027-Q1"],
    ["2027-03-31", "2027-Q1"],
    ["2027-12-31", "2027-Q4"],
  ])("puts an end on %s into %s", (day, name) => {
    const { quarters, later } = sort(end("ending", day));
    expect(quarters.filter(({ items }) => items.length > 0).map((quarter) => quarter.name)).toEqual([name]);
    expect(later).toEqual([]);
  });

  it("puts every item into exactly one group", () => {
    const old = { ...end("past-end-of-support", "2025-06-16"), stale: true };
    const found = sort(
      end("past-end-of-support", "2026-11-21"),
      end("supported", "2028-01-01"),
      end("supported", null, "2027-01-03"),
      end("unknown", null),
      old,
    );
    expect(found).toMatchObject({
      pastEndOfSupport: [{ endOfSupport: "2026-11-21" }],
      later: [{ endOfSupport: "2028-01-01" }],
      noEndPublished: [{ notKnowableFrom: "2027-01-03" }],
      unknown: [{ state: "unknown" }],
      stale: [old],
    });
    expect(found.quarters.flatMap(({ items }) => items)).toEqual([]);
  });

  it("says from which quarter on an end can still be announced", () => {
    const found = sort(end("supported", null, "2027-01-03"), end("supported", null, "2027-05-01"));
    expect(found.notKnowableFrom).toBe("2027-01-03");
    expect(found.quarters.map(({ knowable }) => knowable)).toEqual(["yes", "partly", "no", "no", "no"]);
  });

  it("knows every quarter where each line has a date", () => {
    const found = sort(end("ending", "2027-02-01"));
    expect(found.notKnowableFrom).toBeNull();
    expect(new Set(found.quarters.map(({ knowable }) => knowable))).toEqual(new Set(["yes"]));
  });
});
