import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type CalendarSides, calendarDifferences } from "./compare-calendar";

const d = parsePlainDate;
const ON = d("2026-11-21");
const row = (overrides: Partial<CalendarSides> = {}): CalendarSides => ({
  inForce: { endOfSupport: d("2027-03-01"), creatable: true },
  shipped: { endOfSupport: d("2027-03-01"), verified: true },
  overridden: false,
  published: undefined,
  liveRegions: undefined,
  ...overrides,
});

describe("calendarDifferences", () => {
  it.each<[string, Partial<CalendarSides>, RegExp | null]>([
    ["says nothing of sources that were not asked", {}, null],
    ["is silent when all agree", { published: { endOfSupport: d("2027-03-01"), ended: false }, liveRegions: 3 }, null],
    [
      "tells both dates of a published source that differs",
      { published: { endOfSupport: d("2027-04-01"), ended: false } },
      /published source says end of support on 2027-04-01, in force is end of support on 2027-03-01/,
    ],
    [
      "does not take 'none announced' for agreement",
      { published: { endOfSupport: null, ended: false } },
      /no end of support announced/,
    ],
    ["tells an end without a day", { published: { endOfSupport: null, ended: true } }, /has ended, without a day/],
    [
      "lets an end without a day agree with a date that has passed",
      { inForce: { endOfSupport: d("2026-11-21"), creatable: false }, published: { endOfSupport: null, ended: true } },
      null,
    ],
    ["tells a row that the source lacks", { published: null }, /does not list it/],
    [
      "tells a row that only the source has",
      { inForce: null, shipped: null, published: { endOfSupport: d("2028-01-01"), ended: false } },
      /Only the published source has it: end of support on 2028-01-01/,
    ],
    [
      "tells an override that differs from what is shipped",
      { inForce: { endOfSupport: null, creatable: true }, overridden: true },
      /override says no end of support announced, the shipped row end of support on 2027-03-01/,
    ],
    ["is silent about an override that confirms", { overridden: true }, null],
    ["tells what AWS no longer offers", { liveRegions: 0 }, /does not offer it/],
    [
      "expects no offer in the last 30 days",
      { inForce: { endOfSupport: d("2026-12-21"), creatable: true }, liveRegions: 2 },
      /by the calendar it should not/,
    ],
    [
      "expects an offer until the day before them",
      { inForce: { endOfSupport: d("2026-12-22"), creatable: true }, liveRegions: 2 },
      null,
    ],
    ["tells what AWS offers and nobody knows", { inForce: null, shipped: null, liveRegions: 1 }, /calendar lacks it/],
  ])("%s", (_what, overrides, expected) => {
    const told = calendarDifferences(row(overrides), ON).join(" ");
    if (expected === null) expect(told).toBe("");
    else expect(told).toMatch(expected);
  });
});
