import { Decimal, formatMoney, parseDecimal } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";
import { plainDateParts } from "@/lib/domain/plain-date";
import type { Cell, Figure } from "@/lib/domain/report-document";
import { isFigure } from "@/lib/domain/report-document";

const UNKNOWN = "unknown";
const DIGITS = { count: 0, percent: 1, points: 1, days: 1, minutes: 0, money: 2, "money-per-month": 2 } as const;
const MONTHS = "January February March April May June July August September October November December".split(" ");

/**
 * A figure for reading, with its unit: "93.0 %" (with a space that does not break), "4.2 days", "$1,204.50 per month". The same text on paper and on the screen. What is not known reads
 * "unknown"; the reason stands in the figure.
 */
export function formatFigure(figure: Figure): string {
  return figure.value === null ? UNKNOWN : withUnit(figure, parseDecimal(figure.value));
}

function withUnit({ unit, currency }: Figure, value: Decimal): string {
  const number = grouped(value, DIGITS[unit]);
  switch (unit) {
    case "count":
      return value.isInteger() ? number : grouped(value, 1);
    case "percent":
      return `${number}\u00a0%`;
    case "points":
      return `${number} ${number === "1.0" || number === "-1.0" ? "point" : "points"}`;
    case "days":
      return `${number} ${number === "1.0" ? "day" : "days"}`;
    case "minutes":
      return `${number} ${number === "1" ? "minute" : "minutes"}`;
    case "money":
    case "money-per-month": {
      const text = currency === null ? number : formatMoney({ amount: value, currency });
      return unit === "money" ? text : `${text} per month`;
    }
  }
}

/** A number with grouped digits; rounded half up, once, here. */
function grouped(value: Decimal, digits: number): string {
  const rounded = value.toDecimalPlaces(digits, Decimal.ROUND_HALF_UP);
  const [integer = "0", fraction] = rounded.abs().toFixed(digits).split(".");
  const text = `${integer.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction === undefined ? "" : `.${fraction}`}`;
  return rounded.isNegative() && !rounded.isZero() ? `-${text}` : text;
}

/** A table's cell for reading; nothing is a dash. */
export function formatCell(cell: Cell): string {
  if (cell === null) return "–";
  return isFigure(cell) ? formatFigure(cell) : cell;
}

/** A calendar day for prose: "30 September 2026". */
export function formatLongDay(day: PlainDate | string): string {
  const { year, month, day: dayOfMonth } = plainDateParts(day as PlainDate);
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year}`;
}

/** "1 broker", "2 brokers", "1,204 brokers". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${grouped(new Decimal(count), 0)} ${count === 1 ? one : many}`;
}
