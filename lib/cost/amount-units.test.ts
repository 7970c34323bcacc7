import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  amountOfUnits,
  amountUnitsOfText,
  amountUnitsToText,
  spreadUnits,
  toAmountUnits,
} from "@/lib/cost/amount-units";
import { allocateMoney, Decimal, decimalToText } from "@/lib/domain/money";

const units = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

describe("amounts as whole units", () => {
  it("round-trips every amount that the column can hold", () => {
    fc.assert(
      fc.property(units, (value) => {
        expect(toAmountUnits(amountOfUnits(value))).toBe(value);
        expect(amountUnitsToText(value)).toBe(decimalToText(amountOfUnits(value)));
        expect(amountUnitsOfText(amountUnitsToText(value))).toBe(value);
        expect(amountUnitsOfText(amountOfUnits(value).toFixed(18))).toBe(value);
      }),
    );
  });

  it.each([
    [0n, "0"],
    [1n, "0.000000000000000001"],
    [-1n, "-0.000000000000000001"],
    [1_500_000_000_000_000_000n, "1.5"],
    [-20_000_000_000_000_000_000n, "-20"],
  ])("writes %s units as %s", (value, text) => {
    expect(amountUnitsToText(value)).toBe(text);
  });

  it.each(["", "1e5", "0.1234567890123456789", "1.", ".5", "+1", "NaN", "1,5"])("refuses to read %j", (text) => {
    expect(() => amountUnitsOfText(text)).toThrow("plain digits");
  });

  it("refuses an amount finer than the column", () => {
    expect(() => toAmountUnits(new Decimal("1e-19"))).toThrow("18 digits");
  });
});

describe("spreading units", () => {
  it("gives exactly what allocateMoney gives", () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 })
      .filter((list) => list.some((weight) => weight > 0n));
    fc.assert(
      fc.property(units, weights, (total, list) => {
        const money = allocateMoney(
          { amount: amountOfUnits(total), currency: "USD" },
          list.map((weight) => new Decimal(weight.toString())),
        );
        expect(spreadUnits(total, list).map(amountUnitsToText)).toEqual(
          money.map((part) => decimalToText(part.amount)),
        );
      }),
    );
  });

  it("gives one unit to one part when there is only one, and the parts stay in order", () => {
    expect(spreadUnits(1n, [1n, 1n, 1n])).toEqual([1n, 0n, 0n]);
    expect(spreadUnits(-2n, [1n, 1n, 1n])).toEqual([-1n, -1n, 0n]);
    expect(spreadUnits(10n, [0n, 1n, 2n])).toEqual([0n, 3n, 7n]);
  });

  it("refuses to spread over nothing", () => {
    expect(() => spreadUnits(1n, [])).toThrow("no weight is positive");
    expect(() => spreadUnits(1n, [0n])).toThrow("no weight is positive");
    expect(() => spreadUnits(1n, [2n, -1n])).toThrow("negative");
  });
});
