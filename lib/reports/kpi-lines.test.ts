import { describe, expect, it } from "vitest";
import { kpiLines } from "@/lib/reports/kpi-lines";
import { buildKpiDay, buildReportFacts } from "@/lib/testing/build-report-facts";

const linesOf = (now: Parameters<typeof buildKpiDay>[1], before: Parameters<typeof buildKpiDay>[1]) =>
  kpiLines(
    buildReportFacts([{}], {
      kpiDays: [buildKpiDay("savings-realised", now)],
      kpiDaysBefore: [buildKpiDay("savings-realised", before)],
    }),
  ).filter(({ kpi }) => kpi.id === "savings-realised");

const UNAVAILABLE = { series: "", value: null, unavailable: "No saving is known yet." };

describe("kpiLines", () => {
  it("has one line of a series that is unavailable as a whole in one of the quarters, with the reason", () => {
    const lines = linesOf(UNAVAILABLE, { series: "USD", value: "12" });
    expect(lines.map(({ series }) => series)).toEqual(["USD"]);
    expect(lines[0]?.figure.unknown).toBe("No saving is known yet.");
    expect(lines[0]?.previous.value).toBe("12");
  });

  it("keeps the nameless line where there is no other", () => {
    expect(linesOf(UNAVAILABLE, UNAVAILABLE).map(({ series }) => series)).toEqual([""]);
  });
});
