import { sentenceCase } from "@/components/broker/labels";
import { formatAmount, formatDecimal, formatKpiFigure, formatNumberOf } from "@/components/ui/figures";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { KpiView } from "@/lib/contracts/kpis";
import { Decimal, parseDecimal } from "@/lib/domain/money";

type KpiValue = KpiView["values"][number];
export interface TrendPoint {
  day: string;
  value: string | null;
}

/** "78 of 84 brokers in scope"; for means and rates "120.5 days in all ÷ 12 episodes". Null where the KPI is no quotient. */
export function ratioInWords(
  kpi: Pick<KpiView, "numeratorLabel" | "denominatorLabel" | "unit">,
  value: KpiValue,
): string | null {
  if (value.numerator === null || value.denominator === null) return null;
  const isMoney = /^[A-Z]{3}$/.test(value.series);
  // A change of an amount is set against an amount; a run rate is an amount by days.
  const by =
    isMoney && kpi.unit === "percent"
      ? formatAmount(value.denominator, value.series)
      : formatDecimal(value.denominator, 1);
  const denominator = `${by} ${inNumber(kpi.denominatorLabel ?? "", by)}`.trim();
  if (kpi.unit === "count" || (kpi.unit === "percent" && !isMoney))
    return `${formatDecimal(value.numerator, 1)} of ${denominator}`;
  const numerator = isMoney ? formatAmount(value.numerator, value.series) : formatDecimal(value.numerator, 1);
  return `${`${numerator} ${kpi.numeratorLabel ?? ""}`.trim()} ÷ ${denominator}`;
}

/** "1 incident in the register": labels are written in the plural. */
function inNumber(label: string, count: string): string {
  return count === "1" ? label.replace(/\b(broker|day|deadline|episode|finding|incident|minute)s\b/, "$1") : label;
}

/** What is not in the figure, in short: "3 unknown, 14 left out". Null where everything is in it. */
export function gapsInShort({ unknowns, exclusions }: Pick<KpiValue, "unknowns" | "exclusions">): string | null {
  const leftOut = exclusions.reduce((sum, { count }) => sum + count, 0);
  const parts = [...(unknowns > 0 ? [`${unknowns} unknown`] : []), ...(leftOut > 0 ? [`${leftOut} left out`] : [])];
  return parts.length === 0 ? null : parts.join(", ");
}

/** The same one by one: "3 unknown", "2 left out: Replica of cross-region replication". */
export function gapsInWords({ unknowns, exclusions }: Pick<KpiValue, "unknowns" | "exclusions">): string[] {
  return [
    ...(unknowns > 0 ? [`${unknowns} unknown`] : []),
    ...exclusions.filter(({ count }) => count > 0).map(({ reason, count }) => `${count} left out: ${reason}`),
  ];
}

/** Everything behind one figure, a line each: the figure with its ratio, what is unknown, what is left out, the time of the data, caveats. */
export function backingInWords(
  kpi: Pick<KpiView, "numeratorLabel" | "denominatorLabel" | "unit">,
  value: KpiValue,
): string[] {
  const ratio = value.value === null ? null : ratioInWords(kpi, value);
  const figure =
    value.value === null
      ? `Not available: ${value.unavailable ?? "no reason was given."}`
      : formatKpiFigure(value.value, kpi.unit, value.series);
  return [
    ratio === null ? figure : `${figure}: ${ratio}`,
    ...(value.unknowns === 0 ? ["Nothing unknown"] : []),
    ...(value.exclusions.every(({ count }) => count === 0) ? ["Nothing left out"] : []),
    ...gapsInWords(value),
    value.asOf === null ? "Time of the data not known" : `Oldest fact of ${formatInstant(value.asOf)}`,
    ...value.caveats,
  ];
}

/** What a series of a KPI is called: currencies stay as they are, everything else is a word. */
export function seriesLabel(series: string): string {
  return series === "" ? "All" : /^[A-Z]{3}$/.test(series) ? series : sentenceCase(series);
}

export interface TargetVerdict {
  met: boolean;
  text: string;
}

/** How a figure stands to its target; null where there is no target, no figure, or no better direction. */
export function targetVerdict(
  kpi: Pick<KpiView, "target" | "unit" | "direction">,
  value: KpiValue,
): TargetVerdict | null {
  if (kpi.target === null || value.value === null || kpi.direction === "neutral") return null;
  const figure = parseDecimal(value.value);
  const target = new Decimal(String(kpi.target));
  const met = kpi.direction === "up-is-good" ? figure.gte(target) : figure.lte(target);
  const shown = formatKpiFigure(String(kpi.target), kpi.unit, value.series);
  return { met, text: met ? `Target ${shown} met` : `Target ${shown} not met` };
}

/** A trend for those who do not see the line: first and last known figure with their days. */
export function trendInWords(title: string, unit: string, points: readonly TrendPoint[], series = ""): string {
  const known = points.flatMap(({ day, value }) => (value === null ? [] : [{ day, value }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return `${title}: no history yet`;
  const figure = ({ value, day }: { value: string; day: string }) =>
    `${formatKpiFigure(value, unit, series)} on ${formatDay(day)}`;
  if (known.length === 1) return `${title}: ${figure(first)}`;
  return `${title}: from ${figure(first)} to ${figure(last)}, ${formatNumberOf(known.length, "snapshot")}`;
}
