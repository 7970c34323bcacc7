import { Decimal, decimalToText, parseDecimal } from "@/lib/domain/money";

export interface AmountSeries {
  key: string;
  label: string;
  points: readonly { start: string; amount: string | null; estimated: boolean }[];
}

export interface StackedBar {
  start: string;
  /** Height per series; null where nothing is known: a gap, never zero. */
  values: Record<string, number | null>;
  /** The same exactly, for reading. */
  texts: Record<string, string>;
  /** Exact sum of what is known; null on a gap. */
  total: string | null;
  /** Whether AWS still marks any of it so. */
  estimated: boolean;
}

export interface StackedBars {
  series: { key: string; label: string }[];
  bars: StackedBar[];
  gaps: number;
  estimatedBars: number;
}

export const REST_KEY = "(other)";

/**
 * Series of amounts as stacked bars, one per day or month of any series. More than `maxSeries` are too many colours to tell apart: the smallest
 * by total become one, added exactly. Negative amounts (credits) keep their sign.
 */
export function stackedBars(input: readonly AmountSeries[], maxSeries = 8): StackedBars {
  const series = foldSmallest(input, maxSeries);
  const starts = [...new Set(series.flatMap(({ points }) => points.map(({ start }) => start)))].sort();
  const byStart = series.map(({ points }) => new Map(points.map((point) => [point.start, point])));
  const bars = starts.map((start) => {
    const bar: StackedBar = { start, values: {}, texts: {}, total: null, estimated: false };
    let sum: Decimal | null = null;
    for (const [index, { key }] of series.entries()) {
      const point = byStart[index]?.get(start);
      const amount = point?.amount ?? null;
      bar.values[key] = amount === null ? null : Number(amount);
      if (amount === null) continue;
      bar.texts[key] = amount;
      sum = (sum ?? new Decimal(0)).plus(parseDecimal(amount));
      bar.estimated ||= point?.estimated ?? false;
    }
    bar.total = sum ? decimalToText(sum) : null;
    return bar;
  });
  return {
    series: series.map(({ key, label }) => ({ key, label })),
    bars,
    gaps: bars.filter(({ total }) => total === null).length,
    estimatedBars: bars.filter(({ estimated }) => estimated).length,
  };
}

function foldSmallest(input: readonly AmountSeries[], maxSeries: number): readonly AmountSeries[] {
  if (input.length <= maxSeries) return input;
  const totals = new Map(input.map((series) => [series.key, totalOf(series)]));
  const bySize = [...input].sort((a, b) => (totals.get(b.key) ?? ZERO).comparedTo(totals.get(a.key) ?? ZERO));
  const kept = bySize.slice(0, maxSeries - 1);
  const rest = bySize.slice(maxSeries - 1);
  const points = new Map<string, { start: string; amount: string | null; estimated: boolean }>();
  for (const { start, amount, estimated } of rest.flatMap((series) => series.points)) {
    const before = points.get(start);
    points.set(start, {
      start,
      amount: addTexts(before?.amount ?? null, amount),
      estimated: estimated || (before?.estimated ?? false),
    });
  }
  return [...kept, { key: REST_KEY, label: `Other (${rest.length})`, points: [...points.values()] }];
}

const ZERO = new Decimal(0);

function totalOf({ points }: AmountSeries): Decimal {
  return points.reduce((sum, { amount }) => (amount === null ? sum : sum.plus(parseDecimal(amount))), ZERO);
}

function addTexts(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return decimalToText(parseDecimal(a).plus(parseDecimal(b)));
}
