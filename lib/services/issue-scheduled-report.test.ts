import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { firstWorkingDay } from "@/lib/services/issue-scheduled-report";

describe("firstWorkingDay", () => {
  it.each([
    ["2026-10-01", "2026-10-01"],
    ["2028-01-01", "2028-01-03"],
    ["2028-10-01", "2028-10-02"],
  ])("of %s is %s", (day, working) => expect(firstWorkingDay(parsePlainDate(day))).toBe(working));
});
