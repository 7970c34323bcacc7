import { Decimal, formatMoney, parseDecimal } from "@/lib/domain/money";

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with separators: 12,345. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** "1 broker", "12 brokers"; `plural` for words that do not just take an s. */
export function formatNumberOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** An exact decimal text rounded half up for reading, with separators and without trailing zeros. The text itself where it is no number. */
export function formatDecimal(text: string, fractionDigits = 1): string {
  try {
    const rounded = parseDecimal(text).toDecimalPlaces(fractionDigits, Decimal.ROUND_HALF_UP).toFixed();
    const [integer = "0", fraction] = rounded.split(".");
    const grouped = integer.replace(/\B(?=(\d{3})+$)/g, ",");
    return fraction ? `${grouped}.${fraction}` : grouped;
  } catch {
    return text;
  }
}

/** An amount as it came from the API, for reading: rounded to the currency's digits here and nowhere before. */
export function formatAmount(amount: string, currency: string, fractionDigits?: number): string {
  try {
    return formatMoney(
      { amount: parseDecimal(amount), currency },
      fractionDigits === undefined ? {} : { fractionDigits },
    );
  } catch {
    return `${amount} ${currency}`;
  }
}

export interface FigureText {
  figure: string;
  /** Empty where the figure needs none. */
  unit: string;
}

/** A figure of a KPI and its unit, apart; a percent sign stays on the line of its figure. `series` names the currency of amounts. */
export function kpiFigure(value: string, unit: string, series = ""): FigureText {
  switch (unit) {
    case "percent":
      return { figure: `${formatDecimal(value, 1)}\u00a0%`, unit: "" };
    case "days":
      return { figure: formatDecimal(value, 1), unit: value === "1" ? "day" : "days" };
    case "minutes":
      return { figure: formatDecimal(value, 1), unit: value === "1" ? "minute" : "minutes" };
    case "money-per-month":
      return {
        figure: /^[A-Z]{3}$/.test(series) ? formatAmount(value, series) : formatDecimal(value, 2),
        unit: "per month",
      };
    default:
      return { figure: formatDecimal(value, 2), unit: "" };
  }
}

/** A figure of a KPI with its unit in one text. */
export function formatKpiFigure(value: string, unit: string, series = ""): string {
  const text = kpiFigure(value, unit, series);
  return text.unit ? `${text.figure} ${text.unit}` : text.figure;
}

/** Bytes for reading: 1.2 GB. Powers of ten, as AWS bills. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  const exponent = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(Math.abs(bytes)) / 3));
  return `${formatDecimal(String(bytes / 1000 ** exponent), 1)} ${units[exponent]}`;
}

/** A figure of a KPI as an axis shows it: without its unit, amounts without cents. */
export function kpiTick(value: number, unit: string, series = ""): string {
  return unit === "money-per-month" && /^[A-Z]{3}$/.test(series)
    ? formatAmount(String(value), series, 0)
    : kpiFigure(String(value), unit, series).figure;
}
