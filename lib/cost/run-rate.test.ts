import { describe, expect, it } from "vitest";
import { type CostOfDay, runRate } from "@/lib/cost/run-rate";
import { Decimal } from "@/lib/domain/money";
import { addDays, parsePlainDate } from "@/lib/domain/plain-date";

const first = parsePlainDate("2026-10-28");

function days(amounts: readonly string[], estimatedFrom = Number.POSITIVE_INFINITY): CostOfDay[] {
  return amounts.map((amount, index) => ({
    day: addDays(first, index),
    amount: new Decimal(amount),
    estimated: index >= estimatedFrom,
  }));
}

describe("runRate", () => {
  it("is the mean of the last seven final days times 365/12", () => {
    const rate = runRate(days(["1000", "1", "2", "3", "4", "5", "6", "7", "99"], 8));
    expect(rate).toEqual({
      monthly: new Decimal(28).div(7).times(365).div(12),
      sum: new Decimal(28),
      days: ["2026-10-29", "2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"],
    });
  });

  it("sorts the days itself", () => {
    const forward = days(["9", "1", "1", "1", "1", "1", "1", "8"]);
    expect(runRate([...forward].reverse())).toEqual(runRate(forward));
  });

  it("passes over estimated days in between", () => {
    const list = days(["7", "7", "7", "7", "7", "7", "7", "7"]).map((day, index) => ({
      ...day,
      estimated: index === 3,
    }));
    expect(runRate(list)).toMatchObject({ days: { length: 7 } });
  });

  it("counts a day that cost nothing, and a credit", () => {
    const rate = runRate(days(["0", "0", "0", "0", "0", "0", "12"]));
    expect(rate).toEqual({ monthly: new Decimal(365).div(7), sum: new Decimal(12), days: expect.any(Array) });
    expect(runRate(days(["-1", "-1", "-1", "-1", "-1", "-1", "-6"]))).toMatchObject({
      monthly: new Decimal(-365).div(7),
    });
  });

  it("says why there is none", () => {
    expect(runRate([])).toEqual({ unavailable: "No cost data were read." });
    expect(runRate(days(["1", "2"], 0))).toEqual({ unavailable: "AWS still marks every day as estimated." });
    expect(runRate(days(["1", "2", "3"], 1))).toEqual({
      unavailable: "Only 1 of the 7 final days that are needed is known.",
    });
  });

  it("takes fewer days for a broker that is younger, when asked to", () => {
    expect(runRate(days(["12", "24"]), { minimumDays: 1 })).toEqual({
      monthly: new Decimal(18).times(365).div(12),
      sum: new Decimal(36),
      days: ["2026-10-28", "2026-10-29"],
    });
  });
});
