import { describe, expect, it } from "vitest";
import { parseDecimal } from "@/lib/domain/money";
import { costChange } from "@/lib/kpis/cost-change";
import { buildCostDays, buildFleet } from "@/lib/testing/build-fleet";

const month = (from: string, days: number, amount: string, estimated = false) =>
  buildCostDays(
    from,
    Array.from({ length: days }, () => amount),
    { estimated },
  );
const compute = (costDays: ReturnType<typeof month>) => costChange.compute(buildFleet([{}], { costDays }))[0];

describe("cost-change", () => {
  it("does not count what brokers cost today as what they cost more", () => {
    const broker = { monthlyCost: { amount: parseDecimal("484.07"), currency: "USD" } };
    expect(costChange.contributors(buildFleet([broker]))).toMatchObject([
      {
        group: "not-in-numerator",
        reason: expect.stringContaining("no part of the change"),
        amount: { value: "484.07" },
      },
    ]);
  });

  it("compares the last two months that are over, and tells the change per day beside", () => {
    const value = compute([
      ...month("2026-09-01", 30, "10"),
      ...month("2026-10-01", 31, "12"),
      ...month("2026-11-01", 20, "99"),
    ]);
    expect([value?.value?.toNumber(), value?.numerator?.toNumber(), value?.denominator?.toNumber()]).toEqual([
      24, 72, 300,
    ]);
    expect(value?.parts[0]).toMatchObject({ label: "Change per day", value: "20" });
  });

  it("is unavailable when a day of either month was not read", () => {
    expect(compute([...month("2026-09-02", 29, "10"), ...month("2026-10-01", 31, "12")])?.unavailable).toBe(
      "Not every day of 2026-09 was read.",
    );
    expect(compute([...month("2026-09-01", 30, "10"), ...month("2026-10-01", 30, "12")])?.unavailable).toContain(
      "2026-10",
    );
  });

  it("has nothing to compare with where nothing was charged", () => {
    expect(compute([...month("2026-09-01", 30, "0"), ...month("2026-10-01", 31, "12")])?.unavailable).toContain(
      "nothing to compare",
    );
  });

  it("says when AWS still estimates", () => {
    const value = compute([...month("2026-09-01", 30, "10"), ...month("2026-10-01", 31, "12", true)]);
    expect(value?.caveats.join()).toContain("estimated");
  });
});
