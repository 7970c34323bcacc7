import { expect, it } from "vitest";
import { buildReport } from "@/lib/reports/build-report";
import { buildKpiDay, buildReportFacts } from "@/lib/testing/build-report-facts";

it("says beside a sum of money how much is in neither quarter's figure", () => {
  const premium = (value: string, unknowns: number) =>
    buildKpiDay("ha-premium", { series: "USD", value, denominator: null, unknowns });
  const report = buildReport(
    buildReportFacts([{}], {
      kpiDays: [premium("12296.85", 16), buildKpiDay("cost-run-rate", { series: "USD", value: "59583.97" })],
      kpiDaysBefore: [premium("15382.56", 13), buildKpiDay("cost-run-rate", { series: "USD", value: "59060.2" })],
    }),
    [],
  );
  const table = report.sections
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.kind === "table" && block.id === "cost-kpis");
  const rows = table?.kind === "table" ? table.rows : [];
  const said = rows.map(([label, , , unknown]) => [label, unknown]);
  expect(said).toContainEqual(["Premium for high availability", "Not in the figure: 16; in the quarter before: 13."]);
  expect(said).toContainEqual(["Monthly cost run rate", null]);
});
