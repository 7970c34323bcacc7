import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addMoney,
  allocateMoney,
  atColumnScale,
  Decimal,
  decimalToText,
  formatMoney,
  MONEY_SCALE,
  moneyToText,
  multiplyMoney,
  parseDecimal,
  parseMoney,
  subtractMoney,
  sumByCurrency,
  zeroMoney,
} from "./money";

const usd = (amount: string) => parseMoney(amount, "USD");

/** Amounts as the column holds them: up to 20 digits before and 18 behind the point, either sign. */
const columnAmount = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.constantFrom(0, 2, 10, 18))
  .map(([units, scale]) =>
    new Decimal(units.toString()).div(new Decimal(10).pow(18)).toDecimalPlaces(scale, Decimal.ROUND_DOWN),
  );

describe("parseDecimal", () => {
  it.each([
    ["0", "0"],
    ["-0.00", "0"],
    ["0.0000001234", "0.0000001234"],
    ["1.2E-7", "0.00000012"],
    ["5.684341886080802E-14", "0.00000000000005684341886080802"],
    ["3.30E1", "33"],
    ["+1.50", "1.5"],
    [".5", "0.5"],
    ["12345678901234567890.123456789012345678", "12345678901234567890.123456789012345678"],
    ["-99999999999999999999.999999999999999999", "-99999999999999999999.999999999999999999"],
  ])("reads %s as exactly %s", (text, exact) => {
    expect(decimalToText(parseDecimal(text))).toBe(exact);
  });

  it.each([
    "",
    " 1",
    "1,000.00",
    "$1",
    "NaN",
    "Infinity",
    "0x10",
    "1e",
    "1.2.3",
    "--1",
    "1e99",
    "100000000000000000000",
    "1e-61",
    "1e9999",
    "9".repeat(500),
  ])("refuses %j", (text) => {
    expect(() => parseDecimal(text)).toThrow(/decimal number/);
  });

  it("comes back from text unchanged, for every amount a column can hold", () => {
    fc.assert(fc.property(columnAmount, (amount) => parseDecimal(decimalToText(amount)).equals(amount)));
  });
});

describe("Money", () => {
  it.each(["usd", "US", "USDT", "", "U$D"])("refuses %j as a currency", (currency) => {
    expect(() => parseMoney("1", currency)).toThrow(/ISO 4217/);
  });

  it("adds tenths without the errors of floats", () => {
    expect(moneyToText(addMoney(usd("0.1"), usd("0.2")))).toBe("0.3");
    expect(moneyToText(subtractMoney(usd("0.3"), usd("0.1")))).toBe("0.2");
    expect(moneyToText(multiplyMoney(usd("0.288"), new Decimal(730)))).toBe("210.24");
  });

  it("refuses to add currencies", () => {
    expect(() => addMoney(usd("1"), parseMoney("1", "EUR"))).toThrow(/USD and EUR/);
    expect(() => subtractMoney(usd("1"), parseMoney("1", "EUR"))).toThrow(/USD and EUR/);
  });

  it("sums per currency, never across", () => {
    const sums = sumByCurrency([usd("0.1"), parseMoney("5", "EUR"), usd("0.2"), parseMoney("-5", "EUR")]);
    expect(sums.map((m) => [m.currency, moneyToText(m)])).toEqual([
      ["EUR", "0"],
      ["USD", "0.3"],
    ]);
    expect(sumByCurrency([])).toEqual([]);
    expect(moneyToText(zeroMoney("USD"))).toBe("0");
  });

  it("sums a million smallest amounts beside a largest one without losing a digit", () => {
    const amounts = [usd("99999999999999999998"), ...Array.from({ length: 1000 }, () => usd("0.000000000000000001"))];
    expect(sumByCurrency(amounts).map(moneyToText)).toEqual(["99999999999999999998.000000000000001"]);
  });

  it("is cut to the column's scale in one place, half-even", () => {
    expect(moneyToText(atColumnScale(usd("5.684341886080802E-14")))).toBe("0.000000000000056843");
    expect(moneyToText(atColumnScale(usd("0.0000000000000000005")))).toBe("0");
    expect(moneyToText(atColumnScale(usd("0.0000000000000000015")))).toBe("0.000000000000000002");
  });
});

describe("allocateMoney", () => {
  const weights = (...texts: string[]) => texts.map((text) => new Decimal(text));

  it.each([
    ["1", ["1", "1", "1"], ["0.333333333333333334", "0.333333333333333333", "0.333333333333333333"]],
    ["-1", ["1", "1", "1"], ["-0.333333333333333334", "-0.333333333333333333", "-0.333333333333333333"]],
    ["1", ["1", "2"], ["0.333333333333333333", "0.666666666666666667"]],
    ["10", ["0", "24", "0", "24"], ["0", "5", "0", "5"]],
    ["0", ["3", "4"], ["0", "0"]],
    ["0.000000000000000001", ["1", "1"], ["0.000000000000000001", "0"]],
    ["7.2", ["0.5"], ["7.2"]],
  ])("spreads %s over %j as %j", (total, weightTexts, parts) => {
    expect(allocateMoney(usd(total), weights(...weightTexts)).map(moneyToText)).toEqual(parts);
  });

  it("adds up to the last digit for any total and weights, gives zero weights nothing and never flips a sign", () => {
    const weight = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(columnAmount, fc.array(weight, { minLength: 1, maxLength: 40 }), (amount, raw) => {
        const list = raw.map(([units, scale]) => new Decimal(units.toString()).div(new Decimal(10).pow(scale)));
        fc.pre(list.some((w) => !w.isZero()));
        const parts = allocateMoney({ amount, currency: "USD" }, list);
        expect(parts).toHaveLength(list.length);
        expect(decimalToText(parts.reduce((sum, part) => sum.plus(part.amount), new Decimal(0)))).toBe(
          decimalToText(amount),
        );
        for (const [index, part] of parts.entries()) {
          if (list[index]?.isZero()) expect(part.amount.isZero()).toBe(true);
          expect(part.amount.decimalPlaces()).toBeLessThanOrEqual(MONEY_SCALE);
          expect(part.amount.isZero() || part.amount.isNegative() === amount.isNegative()).toBe(true);
        }
      }),
    );
  });

  it.each([
    ["1", ["0", "0"], /no weight is positive/],
    ["1", [], /no weight is positive/],
    ["1", ["1", "-1"], /negative/],
    ["0.0000000000000000001", ["1"], /finer/],
  ])("refuses %s over %j", (total, weightTexts, message) => {
    expect(() => allocateMoney(usd(total), weights(...weightTexts))).toThrow(message);
  });
});

describe("formatMoney", () => {
  it.each([
    ["1234.565", "USD", undefined, "$1,234.57"],
    ["-1234.5", "USD", undefined, "-$1,234.50"],
    ["0", "USD", undefined, "$0.00"],
    ["0.004", "USD", undefined, "<$0.01"],
    ["-0.004", "USD", undefined, ">-$0.01"],
    ["0.02704", "USD", 5, "$0.02704"],
    ["1234.5", "USD", 0, "$1,235"],
    ["0.3", "USD", 0, "<$1"],
    ["1234.5", "JPY", undefined, "¥1,235"],
    ["99999999999999999999.99", "USD", undefined, "$99,999,999,999,999,999,999.99"],
  ])("writes %s %s (%s digits) as %s", (amount, currency, fractionDigits, text) => {
    expect(formatMoney(parseMoney(amount, currency), fractionDigits === undefined ? {} : { fractionDigits })).toBe(
      text,
    );
  });
});
