/** One measured figure beside its limit or what it is compared with. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The figure is good when it is at most (or, for "at-least", at least) the limit. Absent: a comparison only. */
  readonly limit?: number;
  readonly direction?: "at-most" | "at-least";
  readonly comparison?: string;
}

export interface Section {
  readonly section: string;
  readonly setup: string;
  readonly figures: readonly Figure[];
}

/** Whether a figure keeps its limit; null where it has none. */
export function keepsLimit(figure: Figure): boolean | null {
  if (figure.limit === undefined) return null;
  return figure.direction === "at-least" ? figure.value >= figure.limit : figure.value <= figure.limit;
}

/** Value at a quantile of unsorted numbers, by the nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
