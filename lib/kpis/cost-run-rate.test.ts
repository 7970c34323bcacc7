import { describe, expect, it } from "vitest";
import { parseDecimal } from "@/lib/domain/money";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { costRunRate } from "@/lib/kpis/cost-run-rate";
import type { KpiCostDay } from "@/lib/kpis/define-kpi";
import { buildCostDays, buildFleet } from "@/lib/testing/build-fleet";

const compute = (costDays: readonly KpiCostDay[] | null, today = "2026-11-21") =>
  costRunRate.compute(buildFleet([{}], { costDays, today: parsePlainDate(today) }));
const week = ["1", "2", "3", "4", "5", "6", "7"];

describe("cost-run-rate", () => {
  it("is the mean of the last 7 final days times 365/12, exact to the last digit of the sum", () => {
    const [value] = compute(buildCostDays("2026-11-11", ["999", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1"]));
    expect(value?.numerator?.toFixed()).toBe("0.7");
    expect(value?.value?.toFixed()).toBe("3.041666666666666667");
    expect(value).toMatchObject({
      series: "USD",
      asOf: new Date("2026-11-19T00:00:00Z"),
      caveats: ["Rests on the final days from 2026-11-12 to 2026-11-18."],
    });
  });

  it("says how much of it the brokers listed behind it do not add up to, and why", () => {
    const parts = (...amounts: string[]) => {
      const costs = amounts.map((amount) => ({ monthlyCost: { amount: parseDecimal(amount), currency: "USD" } }));
      // 12 a day are 365 a month.
      const costDays = buildCostDays("2026-11-11", ["12", "12", "12", "12", "12", "12", "12"]);
      const fleet = buildFleet(costs, { costDays, today: parsePlainDate("2026-11-21") });
      return costRunRate.compute(fleet)[0]?.parts.map(({ label, value }) => [label.split(":")[0], value]);
    };
    expect(parts()).toEqual([]);
    expect(parts("300", "65")).toEqual([["Brokers listed behind it", "365"]]);
    expect(parts("300", "40.5")).toEqual([
      ["Brokers listed behind it", "340.5"],
      ["Not of these", "24.5"],
    ]);
    expect(parts("300", "70")).toEqual([
      ["Brokers listed behind it", "370"],
      ["Less than these", "-5"],
    ]);
  });

  it("does not use days that AWS still marks as estimated, and says so", () => {
    const days = [
      ...buildCostDays("2026-11-01", week),
      ...buildCostDays("2026-11-08", ["50", "50"], { estimated: true }),
    ];
    const [value] = compute(days);
    expect(value?.numerator?.toFixed()).toBe("28");
    expect(value?.caveats).toContain("2 later days are still estimated by AWS and not used.");
  });

  it("takes a day for estimated as long as any of its entries is", () => {
    const days = [...buildCostDays("2026-11-01", week), ...buildCostDays("2026-11-07", ["1"], { estimated: true })];
    expect(compute(days)[0]?.unavailable).toBe("Only 6 of the 7 final days that are needed are known.");
  });

  it("skips days that were never read instead of taking them for zero", () => {
    const days = buildCostDays("2026-11-01", ["1", "1", null, null, "1", "1", "1", "1", "1"]);
    const [value] = compute(days);
    expect(value?.numerator?.toFixed()).toBe("7");
    expect(value?.caveats).toContain("2 days between them were not read or are not final.");
  });

  it("keeps currencies apart", () => {
    const days = [...buildCostDays("2026-11-01", week), ...buildCostDays("2026-11-01", week, { currency: "CNY" })];
    expect(compute(days).map(({ series, numerator }) => [series, numerator?.toFixed()])).toEqual([
      ["CNY", "28"],
      ["USD", "28"],
    ]);
  });

  it("is zero where seven final days cost nothing", () => {
    expect(
      compute(
        buildCostDays(
          "2026-11-01",
          week.map(() => "0"),
        ),
      )[0]?.value?.toFixed(),
    ).toBe("0");
  });

  it.each([
    ["costs of the cut that nobody loaded", null, "2026-11-21", "The costs of this cut are not known."],
    ["no costs at all", [], "2026-11-21", "No costs were read yet."],
    ["six days", buildCostDays("2026-11-01", week.slice(1)), "2026-11-21", "Only 6 of the 7 final days"],
    ["costs of long ago", buildCostDays("2026-11-01", week), "2027-01-09", "The last final day of costs is 2026-11-07"],
  ] as const)("has no value for %s", (_, costDays, today, reason) => {
    const [value] = compute(costDays, today);
    expect(value?.value).toBeNull();
    expect(value?.unavailable).toContain(reason);
  });

  it("still has a value two months after the last final day", () => {
    expect(compute(buildCostDays("2026-11-01", week), "2027-01-08")[0]?.unavailable).toBeNull();
  });
});
