import { Decimal as BaseDecimal } from "decimal.js";
import { AppError } from "./errors";

/**
 * Our own decimal: 60 significant digits (the product of two columns of 38 digits may round, a sum of millions of them never does), half-even,
 * never written with an exponent. Prisma's decimal rounds at 20 digits and must not be used for amounts.
 */
export const Decimal = BaseDecimal.clone({
  precision: 60,
  rounding: BaseDecimal.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});
export type Decimal = BaseDecimal;

/** An amount of one currency, unrounded. */
export interface Money {
  readonly amount: Decimal;
  /** ISO 4217 code, upper case. */
  readonly currency: string;
}

/** Digits behind the point in the database's amount columns, `Decimal(38,18)`. */
export const MONEY_SCALE = 18;

const MAX_INTEGER_DIGITS = 20;
const MAX_FRACTION_DIGITS = 60;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;
const CURRENCY = /^[A-Z]{3}$/;

/**
 * A decimal from text, exactly, as AWS writes it (`0.0000123`, `1.2E-7`, `-3`). Throws invalid-input on anything else (empty, NaN, Infinity,
 * hexadecimal, thousands separators) and on a size no amount column could hold.
 */
export function parseDecimal(text: string): Decimal {
  if (text.length > 200 || !NUMBER.test(text))
    throw new AppError("invalid-input", `not a decimal number: ${JSON.stringify(text.slice(0, 60))}`);
  const value = new Decimal(text);
  if (value.isZero()) return new Decimal(0); // no negative zero
  if (value.e >= MAX_INTEGER_DIGITS || value.decimalPlaces() > MAX_FRACTION_DIGITS) {
    throw new AppError("invalid-input", `decimal number out of range: ${text.slice(0, 60)}`);
  }
  return value;
}

/** Money from AWS text and unit, exactly. Throws invalid-input on a number that is none or a currency that is no ISO 4217 code. */
export function parseMoney(amount: string, currency: string): Money {
  return { amount: parseDecimal(amount), currency: checkCurrency(currency) };
}

/** No money, of a currency. */
export function zeroMoney(currency: string): Money {
  return { amount: new Decimal(0), currency: checkCurrency(currency) };
}

/** The exact value in plain digits: no exponent, no rounding, no trailing zeros. What goes to the database and on the wire. */
export function decimalToText(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}

/** The exact amount in plain digits; the currency travels beside it. */
export function moneyToText(money: Money): string {
  return decimalToText(money.amount);
}

/**
 * The amount as the database's column can hold it. AWS sometimes sends the residue of a float (`5.68E-14` has 27 digits): what lies behind
 * the 18th digit is cut here, once, half-even, before anything is summed, so that every later sum is exact.
 */
export function atColumnScale(money: Money): Money {
  return { amount: money.amount.toDecimalPlaces(MONEY_SCALE), currency: money.currency };
}

/** Sum of two amounts. Throws internal when the currencies differ: that is a defect of the caller, never a rate to be guessed. */
export function addMoney(a: Money, b: Money): Money {
  return { amount: a.amount.plus(sameCurrency(a, b).amount), currency: a.currency };
}

/** `a` less `b`. Throws internal when the currencies differ. */
export function subtractMoney(a: Money, b: Money): Money {
  return { amount: a.amount.minus(sameCurrency(a, b).amount), currency: a.currency };
}

/** The amount times a factor (hours, days of a month), to 60 significant digits. */
export function multiplyMoney(money: Money, factor: Decimal): Money {
  return { amount: money.amount.times(factor), currency: money.currency };
}

/** One sum per currency, sorted by code; never one across currencies. Empty for no amounts. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, Decimal>();
  for (const { amount, currency } of amounts) sums.set(currency, sums.get(currency)?.plus(amount) ?? amount);
  return [...sums]
    .map(([currency, amount]) => ({ amount, currency }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/**
 * Spreads `total` over the weights so that the parts add up to it to the last of 18 digits. Each part is its exact share cut to that scale; the
 * units then missing go, one each, to the parts that lost most by the cut (the first of equals), so the result depends on nothing but the
 * input. A weight of zero gets nothing. Throws invalid-input on no positive weight, a negative weight or a total finer than the scale.
 */
export function allocateMoney(total: Money, weights: readonly Decimal[]): Money[] {
  if (weights.some((weight) => weight.isNegative() && !weight.isZero()))
    throw new AppError("invalid-input", "a weight is negative");
  if (total.amount.decimalPlaces() > MONEY_SCALE) {
    throw new AppError("invalid-input", `an amount finer than ${MONEY_SCALE} digits cannot be allocated`);
  }
  const weightScale = weights.reduce((scale, weight) => Math.max(scale, weight.decimalPlaces()), 0);
  const integerWeights = weights.map((weight) => toScaledInteger(weight, weightScale));
  const weightSum = integerWeights.reduce((sum, weight) => sum + weight, 0n);
  if (weightSum === 0n) throw new AppError("invalid-input", "no weight is positive: nothing to allocate to");

  const negative = total.amount.isNegative();
  const units = toScaledInteger(total.amount.abs(), MONEY_SCALE);
  const shares = integerWeights.map((weight) => (units * weight) / weightSum);
  const lost = integerWeights.map((weight) => (units * weight) % weightSum);
  const missing = Number(units - shares.reduce((sum, share) => sum + share, 0n));
  const byLoss = lost.map((_, index) => index).sort((a, b) => compareBigInt(lost[b] ?? 0n, lost[a] ?? 0n) || a - b);
  const topped = new Set(byLoss.slice(0, missing));
  return shares.map((share, index) => {
    const amount = fromScaledInteger(share + (topped.has(index) ? 1n : 0n), MONEY_SCALE);
    return { amount: negative && !amount.isZero() ? amount.negated() : amount, currency: total.currency };
  });
}

/**
 * Money for reading: rounded half up to the currency's digits (or `fractionDigits`), grouped, with its symbol. An amount that is not zero but
 * would read as zero is written `<$0.01`. The one place where amounts are rounded for people; never parse or add up what it returns.
 */
export function formatMoney(money: Money, options: { fractionDigits?: number; locale?: string } = {}): string {
  const digits = options.fractionDigits;
  const format = new Intl.NumberFormat(options.locale ?? "en-US", {
    style: "currency",
    currency: money.currency,
    ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
  const scale = format.resolvedOptions().maximumFractionDigits ?? 2;
  const rounded = money.amount.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP);
  if (rounded.isZero() && !money.amount.isZero()) {
    const smallest = new Decimal(10).pow(-scale);
    return money.amount.isNegative()
      ? `>${format.format(numericLiteral(smallest.negated()))}`
      : `<${format.format(numericLiteral(smallest))}`;
  }
  return format.format(numericLiteral(rounded));
}

/** Intl takes decimal text exactly; a number would bring binary rounding in at the very last step. */
function numericLiteral(value: Decimal): Intl.StringNumericLiteral {
  const text = decimalToText(value);
  if (!isNumericLiteral(text)) throw new AppError("internal", `not a number: ${text}`);
  return text;
}

function isNumericLiteral(text: string): text is `${number}` {
  return NUMBER.test(text);
}

function checkCurrency(currency: string): string {
  if (!CURRENCY.test(currency))
    throw new AppError("invalid-input", `not an ISO 4217 currency code: ${JSON.stringify(currency.slice(0, 20))}`);
  return currency;
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency)
    throw new AppError("internal", `amounts of ${a.currency} and ${b.currency} cannot be added`);
  return b;
}

function toScaledInteger(value: Decimal, scale: number): bigint {
  // Text and not times(): a product of more than 60 digits would round.
  const [integer = "0", fraction = ""] = value.toFixed(scale).split(".");
  return BigInt(integer + fraction);
}

function fromScaledInteger(units: bigint, scale: number): Decimal {
  const digits = units.toString().padStart(scale + 1, "0");
  return new Decimal(`${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

function compareBigInt(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
