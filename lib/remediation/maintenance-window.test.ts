import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWindowStart, localText, nextWindows, windowProblem } from "@/lib/remediation/maintenance-window";

const ISO = (dates: readonly Date[]) => dates.map((date) => date.toISOString());
const window = (dayOfWeek: string, timeOfDay: string, timeZone: string) => ({ dayOfWeek, timeOfDay, timeZone });

describe("nextWindows", () => {
  it.each([
    ["in UTC", window("SUNDAY", "03:00", "UTC"), "2026-11-21T17:00:00Z", ["2026-11-22T03:00", "2026-11-29T03:00"]],
    ["that begins now", window("SUNDAY", "03:00", "UTC"), "2026-11-22T03:00:00Z", ["2026-11-22T03:00"]],
    ["that began a moment ago", window("SUNDAY", "03:00", "UTC"), "2026-11-22T03:00:00.001Z", ["2026-11-29T03:00"]],
    [
      "over the end of summer time in Berlin",
      window("MONDAY", "22:00", "Europe/Berlin"),
      "2026-10-17T00:00:00Z",
      ["2026-10-19T20:00", "2026-10-26T21:00"],
    ],
    [
      "at a time that Berlin skips",
      window("SUNDAY", "02:30", "Europe/Berlin"),
      "2027-03-25T00:00:00Z",
      ["2027-03-28T01:30", "2027-04-04T00:30"],
    ],
    [
      "at a time that Berlin has twice: the first",
      window("SUNDAY", "02:30", "Europe/Berlin"),
      "2026-10-24T00:00:00Z",
      ["2026-10-25T00:30", "2026-11-01T01:30"],
    ],
    [
      "in New York over the start of daylight saving",
      window("SATURDAY", "23:30", "America/New_York"),
      "2027-03-06T00:00:00Z",
      ["2027-03-07T04:30", "2027-03-14T04:30", "2027-03-21T03:30"],
    ],
    [
      "whose day has begun there and not in UTC",
      window("MONDAY", "01:00", "Pacific/Auckland"),
      "2026-11-22T00:00:00Z",
      ["2026-11-22T12:00"],
    ],
    [
      "where the clock moves by half an hour",
      window("SUNDAY", "02:15", "Australia/Lord_Howe"),
      "2026-10-02T00:00:00Z",
      ["2026-10-03T15:45", "2026-10-10T15:15"],
    ],
    ["in lower case", window("Sunday", "3:00", "UTC"), "2026-11-21T17:00:00Z", ["2026-11-22T03:00"]],
  ])("finds windows %s", (_, given, from, expected) => {
    expect(ISO(nextWindows(given, new Date(from), expected.length))).toEqual(expected.map((text) => `${text}:00.000Z`));
  });

  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/St_Johns",
  ];
  const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
  it("tells, for any window, instants that the zone's clocks show as day and time, or the jump after them", () => {
    fc.assert(
      fc.property(
        fc.record({
          dayOfWeek: fc.constantFrom(...days),
          hour: fc.integer({ min: 0, max: 23 }),
          minute: fc.constantFrom(0, 15, 30, 45),
          timeZone: fc.constantFrom(...zones),
        }),
        fc.date({ min: new Date("2024-01-01"), max: new Date("2031-01-01"), noInvalidDate: true }),
        ({ dayOfWeek, hour, minute, timeZone }, from) => {
          const timeOfDay = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
          const found = nextWindows({ dayOfWeek, timeOfDay, timeZone }, from, 60);
          expect(found).toHaveLength(60);
          expect((found[0] ?? from).getTime() - from.getTime()).toBeGreaterThanOrEqual(0);
          expect((found[0] ?? from).getTime() - from.getTime()).toBeLessThanOrEqual(8 * 86_400_000);
          let previous: Date | null = null;
          let odd = 0;
          for (const at of found) {
            if (previous) {
              const gapHours = (at.getTime() - previous.getTime()) / 3_600_000;
              expect(Math.abs(gapHours - 168)).toBeLessThanOrEqual(1);
            }
            if (!localText(at, timeZone).endsWith(timeOfDay)) odd += 1;
            expect(isWindowStart({ dayOfWeek, timeOfDay, timeZone }, at)).toBe(true);
            previous = at;
          }
          // A weekly window meets the skipped hour once a year at most.
          expect(odd).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    [null, "never observed"],
    [window("CARNIVAL", "03:00", "UTC"), "no day of the week"],
    [window("SUNDAY", "25:00", "UTC"), "no time of day"],
    [window("SUNDAY", "03:00", "Mars/Olympus"), "not known"],
  ])("says why %j has none", (given, why) => {
    expect(windowProblem(given)).toContain(why);
    if (given) expect(() => nextWindows(given, new Date(0), 1)).toThrow(why);
  });
});
