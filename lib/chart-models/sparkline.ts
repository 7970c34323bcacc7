export interface SparkPoint {
  /** Calendar day YYYY-MM-DD. */
  day: string;
  /** Exact decimal as text; null where the figure was not available. */
  value: string | null;
}

export interface SparkModel {
  /** SVG paths, one per stretch without a gap. */
  paths: string[];
  /** The last known point, in the same coordinates. */
  last: { x: number; y: number } | null;
  min: number;
  max: number;
}

const DAY_MS = 86_400_000;
const PADDING = 3;

/**
 * A trend line in a box, over calendar time. Days without a value, and stretches longer than `maxGapDays` without a snapshot, are gaps. A flat
 * line runs through the middle: it has no height to scale to.
 */
export function sparkline(points: readonly SparkPoint[], width: number, height: number, maxGapDays = 10): SparkModel {
  const known = points.flatMap(({ day, value }) => {
    const number = value === null ? Number.NaN : Number(value);
    return Number.isFinite(number) ? [{ time: Date.parse(day), number }] : [];
  });
  if (known.length === 0) return { paths: [], last: null, min: 0, max: 0 };
  const numbers = known.map(({ number }) => number);
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  const times = points.map(({ day }) => Date.parse(day));
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const x = (time: number) =>
    end === start ? width / 2 : round(PADDING + ((time - start) / (end - start)) * (width - 2 * PADDING));
  const y = (number: number) =>
    max === min ? height / 2 : round(height - PADDING - ((number - min) / (max - min)) * (height - 2 * PADDING));

  const stretches: { x: number; y: number }[][] = [];
  let before: number | null = null;
  for (const { day, value } of points) {
    const time = Date.parse(day);
    const number = value === null ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) {
      before = null;
      continue;
    }
    const point = { x: x(time), y: y(number) };
    if (before === null || time - before > maxGapDays * DAY_MS) stretches.push([point]);
    else stretches.at(-1)?.push(point);
    before = time;
  }
  return { paths: stretches.map(pathOf), last: stretches.at(-1)?.at(-1) ?? null, min, max };
}

/** A stretch of one point becomes a short dash, or it would not be seen. */
function pathOf(points: readonly { x: number; y: number }[]): string {
  const [first] = points;
  if (!first) return "";
  if (points.length === 1) return `M${round(first.x - 1)} ${first.y}h2`;
  return points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
