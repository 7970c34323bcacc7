import { AppError } from "@/lib/domain/errors";
import { Decimal, MONEY_SCALE } from "@/lib/domain/money";

/**
 * An amount as a whole number of 10^-18 of its currency: the last digit of the amount columns. Allocation cuts hundreds of thousands of shares a
 * run; whole numbers make that exact and fast. Decimals are for everything outside of it.
 */
export type AmountUnits = bigint;

/** The amount in units. Throws invalid-input on an amount finer than the column: it must be cut before anything is summed. */
export function toAmountUnits(amount: Decimal): AmountUnits {
  if (amount.decimalPlaces() > MONEY_SCALE)
    throw new AppError("invalid-input", `an amount finer than ${MONEY_SCALE} digits cannot be allocated`);
  const [integer = "0", fraction = ""] = amount.toFixed(MONEY_SCALE).split(".");
  return BigInt(integer + fraction);
}

/** The units of an amount in plain digits, as the database writes it: no exponent, at most 18 digits behind the point. Throws on anything else. */
export function amountUnitsOfText(text: string): AmountUnits {
  const match = PLAIN_AMOUNT.exec(text);
  if (!match)
    throw new AppError("invalid-input", `not an amount in plain digits: ${JSON.stringify(text.slice(0, 60))}`);
  const units = BigInt((match[2] ?? "") + (match[3] ?? "").padEnd(MONEY_SCALE, "0"));
  return match[1] === "-" ? -units : units;
}

const PLAIN_AMOUNT = /^(-?)(\d+)(?:\.(\d{1,18}))?$/;

/** The amount of some units, exactly. */
export function amountOfUnits(units: AmountUnits): Decimal {
  return new Decimal(amountUnitsToText(units));
}

/** Plain digits without trailing zeros, as `decimalToText` writes them. */
export function amountUnitsToText(units: AmountUnits): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(MONEY_SCALE + 1, "0");
  const point = digits.length - MONEY_SCALE;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === ZERO) end -= 1;
  const text = end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`;
  return negative ? `-${text}` : text;
}

const ZERO = "0".charCodeAt(0);

/**
 * Spreads units over weights so that the parts add up to the total: each part is its exact share cut towards zero, and the units then missing go,
 * one each, to the parts that lost most by the cut (the first of equals). The same rule as `allocateMoney`, on whole numbers. A weight of zero
 * gets nothing. Throws invalid-input on a negative weight or when no weight is positive.
 */
export function spreadUnits(total: AmountUnits, weights: readonly bigint[]): AmountUnits[] {
  let weightSum = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw new AppError("invalid-input", "a weight is negative");
    weightSum += weight;
  }
  if (weightSum === 0n) throw new AppError("invalid-input", "no weight is positive: nothing to allocate to");

  const magnitude = total < 0n ? -total : total;
  const sign = total < 0n ? -1n : 1n;
  const lost: { index: number; remainder: bigint }[] = [];
  let missing = magnitude;
  const parts = weights.map((weight, index) => {
    const product = magnitude * weight;
    const part = product / weightSum;
    lost.push({ index, remainder: product - part * weightSum });
    missing -= part;
    return part;
  });
  if (missing > 0n) {
    lost.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
    for (const { index } of lost.slice(0, Number(missing))) parts[index] = (parts[index] ?? 0n) + 1n;
  }
  return sign === 1n ? parts : parts.map((part) => -part);
}
