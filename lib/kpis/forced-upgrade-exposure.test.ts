import { describe, expect, it } from "vitest";
import { parseDecimal } from "@/lib/domain/money";
import { forcedUpgradeExposure } from "@/lib/kpis/forced-upgrade-exposure";
import { buildFleet } from "@/lib/testing/build-fleet";

const broker = (engineVersion: string, amount: string | null, more = {}) => ({
  attributes: { engineVersion },
  monthlyCost: amount === null ? null : { amount: parseDecimal(amount), currency: "USD" },
  ...more,
});
const compute = (...brokers: Parameters<typeof buildFleet>[0] & {}) =>
  forcedUpgradeExposure.compute(buildFleet(brokers))[0];

describe("forced-upgrade-exposure", () => {
  it("sums what brokers past their end of support cost, and counts the others apart", () => {
    // By the shipped calendar ActiveMQ 5.17 is past its end; 9.9 is in no calendar.
    const value = compute(
      broker("5.17.6", "100.5"),
      broker("5.17.6", "50"),
      broker("9.9.9", "7"),
      broker("5.17.6", "3", { goneAt: new Date("2026-10-01T00:00:00Z") }),
    );
    expect(value?.value?.toFixed()).toBe("150.5");
    const parts = Object.fromEntries(value?.parts.map(({ label, value: text }) => [label, text]) ?? []);
    expect(parts).toMatchObject({
      "Past end of support: brokers": "2",
      "Past end of support: spend": "150.5",
      "Unknown line: brokers": "1",
      "Unknown line: spend": "7",
    });
  });

  it("counts affected brokers without known cost as unknown, not as free", () => {
    const value = compute(broker("5.17.6", "100"), broker("5.17.6", null));
    expect([value?.value?.toFixed(), value?.unknowns]).toEqual(["100", 1]);
  });

  it("does not tell a spend of zero where the cost of no broker is known", () => {
    const value = compute(
      broker("5.18.4", "100"),
      broker("5.18.4", null),
      broker("5.17.6", null),
      broker("9.9.9", null),
    );
    expect([value?.value, value?.unknowns, value?.unavailable]).toEqual([
      null,
      1,
      "No cost could be placed on the affected brokers yet.",
    ]);
    const parts = Object.fromEntries(value?.parts.map(({ label, value: text }) => [label, text]) ?? []);
    expect(parts).toEqual({
      "Past end of support: brokers": "1",
      "Past end of support: brokers without a known cost": "1",
      "No end published: brokers": "2",
      "No end published: spend": "100",
      "No end published: brokers without a known cost": "1",
      "Unknown line: brokers": "1",
      "Unknown line: brokers without a known cost": "1",
    });
    expect(compute(broker("5.18.4", "100"))?.value?.toFixed()).toBe("0");
  });

  it("counts a broker that was last observed long ago as unknown, whatever it ran then", () => {
    const old = { observedAt: new Date("2026-11-10T06:00:00Z") };
    const fleet = buildFleet([broker("5.17.6", "100"), broker("5.17.6", "9", old)]);
    const [value] = forcedUpgradeExposure.compute(fleet);
    expect([value?.value?.toFixed(), value?.unknowns]).toEqual(["100", 1]);
    expect(value?.parts).toContainEqual(
      expect.objectContaining({ label: "Last observed more than 3 days ago: brokers", value: "1" }),
    );
    expect(forcedUpgradeExposure.contributors(fleet).map(({ group }) => group)).toEqual(["numerator", "unknown"]);
  });

  it("never sums currencies", () => {
    const cny = { monthlyCost: { amount: parseDecimal("9"), currency: "CNY" } };
    const values = forcedUpgradeExposure.compute(buildFleet([broker("5.17.6", "1"), broker("5.17.6", null, cny)]));
    expect(values.map(({ series, value }) => [series, value?.toFixed()])).toEqual([
      ["CNY", "9"],
      ["USD", "1"],
    ]);
  });

  it("names the affected brokers", () => {
    const fleet = buildFleet([broker("5.17.6", "1"), broker("5.18.4", "2")]);
    expect(forcedUpgradeExposure.contributors(fleet).map(({ group }) => group)).toEqual([
      "numerator",
      "not-in-numerator",
    ]);
  });
});
