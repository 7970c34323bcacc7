import { describe, expect, it } from "vitest";
import { kpiLines } from "@/lib/reports/kpi-lines";
import { buildKpiDay, buildReportFacts } from "@/lib/testing/build-report-facts";

const USD = { series: "USD", value: "0", numerator: "0", denominator: null };
const UNKNOWN = { value: null, numerator: null, denominator: null, unavailable: "No saving is known yet." };
const savings = (overrides: Parameters<typeof buildReportFacts>[1]) =>
  kpiLines(buildReportFacts([{}], overrides))
    .filter(({ kpi }) => kpi.id === "savings-realised")
    .map(({ series, figure, previous }) => [
      series,
      figure.value ?? figure.unknown,
      previous.value ?? previous.unknown,
    ]);

describe("kpiLines", () => {
  it("has one line of a currency that only one of the quarters knows, with the reason of the other", () => {
    const kpiDays = [buildKpiDay("savings-realised", UNKNOWN)];
    const kpiDaysBefore = [buildKpiDay("savings-realised", USD)];
    expect(savings({ kpiDays, kpiDaysBefore })).toEqual([["USD", "No saving is known yet.", "0"]]);
    expect(savings({ kpiDays: kpiDaysBefore, kpiDaysBefore: kpiDays })).toEqual([
      ["USD", "0", "No saving is known yet."],
    ]);
  });

  it("has a nameless line where neither quarter knows a currency", () => {
    const kpiDays = [buildKpiDay("savings-realised", UNKNOWN)];
    expect(savings({ kpiDays, kpiDaysBefore: kpiDays })).toEqual([
      ["", "No saving is known yet.", "No saving is known yet."],
    ]);
  });
});
