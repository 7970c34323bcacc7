import { formatFigure } from "@/lib/domain/format-figure";
import { addMonths, diffDays, type PlainDate, startOfMonth } from "@/lib/domain/plain-date";
import type { BarsBlock, FigureUnit, LinesBlock, TimelineBlock } from "@/lib/domain/report-document";

/** Size of a chart in its own units; whoever draws it scales. */
export interface ChartSize {
  width: number;
  height: number;
}

interface Plot {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Tick {
  at: number;
  label: string;
}

/** Lines over days, as paths to draw. */
export interface ReportLines {
  size: ChartSize;
  plot: Plot;
  xTicks: Tick[];
  yTicks: Tick[];
  /** First day of the quarter that the report is about. */
  mark: Tick;
  target: Tick | null;
  /** Said where the axis does not begin at zero: differences look larger than they are. */
  axisNote: string | null;
  lines: { label: string; path: string; dots: { x: number; y: number }[]; last: string | null }[];
}

/** Bars side by side, as rectangles to draw. */
export interface ReportBars {
  size: ChartSize;
  plot: Plot;
  yTicks: Tick[];
  bars: {
    x: number;
    y: number;
    width: number;
    height: number;
    label: string;
    value: string;
    center: number;
    known: boolean;
  }[];
}

/** Ends of support along the coming quarters. */
export interface ReportTimeline {
  size: ChartSize;
  plot: Plot;
  quarters: { x: number; width: number; label: string }[];
  rows: { y: number; x: number; label: string; text: string }[];
  today: number;
}

const GAP_DAYS = 10;
const LINES: ChartSize = { width: 520, height: 114 };
const BARS: ChartSize = { width: 520, height: 130 };
const TIMELINE_WIDTH = 520;
const ROW = 20;

/** The lines of a block; a hole of more than ten days, and a value that is not known, break a line. */
export function reportLines(block: LinesBlock): ReportLines {
  const size = LINES;
  const plot = { left: 58, top: 8, right: size.width - 8, bottom: size.height - 20 };
  const days = Math.max(1, diffDays(block.from, block.until));
  const x = (day: PlainDate) => plot.left + ((plot.right - plot.left) * diffDays(block.from, day)) / days;
  const values = block.series.flatMap(({ points }) =>
    points.flatMap(({ value }) => (value === null ? [] : [Number(value)])),
  );
  const known = block.target === null ? values : [...values, Number(block.target)];
  const { ticks, min, max } = niceScale(
    block.unit === "percent" ? known : [0, ...known],
    block.unit === "percent" ? { min: 0, max: 100 } : null,
  );
  const y = (value: number) => plot.bottom - ((plot.bottom - plot.top) * (value - min)) / (max - min);
  return {
    size,
    plot,
    xTicks: monthsBetween(block.from, block.until).map((month) => ({ at: x(month), label: month.slice(0, 7) })),
    yTicks: ticks.map((value) => ({ at: y(value), label: tickLabel(value, block.unit, block.currency) })),
    mark: { at: x(block.mark), label: "" },
    target:
      block.target === null
        ? null
        : {
            at: y(Number(block.target)),
            label: `Target ${tickLabel(Number(block.target), block.unit, block.currency)}`,
          },
    axisNote: min > 0 ? `The axis begins at ${tickLabel(min, block.unit, block.currency)}.` : null,
    lines: block.series.map(({ label, points }) => {
      const told = points.filter((point) => point.value !== null).at(-1);
      return {
        label,
        ...pathOf(points, x, y),
        last: told
          ? formatFigure({
              value: told.value,
              unit: block.unit,
              currency: block.currency,
              unknown: null,
              n: null,
              basis: null,
            })
          : null,
      };
    }),
  };
}

function pathOf(
  points: LinesBlock["series"][number]["points"],
  x: (day: PlainDate) => number,
  y: (value: number) => number,
): { path: string; dots: { x: number; y: number }[] } {
  const parts: string[] = [];
  const dots: { x: number; y: number }[] = [];
  let before: PlainDate | null = null;
  let alone: { x: number; y: number } | null = null;
  for (const { day, value } of points) {
    if (value === null) {
      before = null;
      continue;
    }
    const at = { x: x(day), y: y(Number(value)) };
    const goesOn: boolean = before !== null && diffDays(before, day) <= GAP_DAYS;
    if (!goesOn && alone) dots.push(alone);
    alone = goesOn ? null : at;
    parts.push(`${goesOn ? "L" : "M"}${round(at.x)} ${round(at.y)}`);
    before = day;
  }
  if (alone) dots.push(alone);
  return { path: parts.join(" "), dots };
}

/** The bars of a block with one series; a bar of which nothing is known has no height and says so. */
export function reportBars(block: BarsBlock): ReportBars {
  const size = BARS;
  const plot = { left: 58, top: 16, right: size.width - 8, bottom: size.height - 20 };
  const amounts = block.bars.flatMap(({ values: [value = null] }) => (value === null ? [] : [Number(value)]));
  const { ticks, min, max } = niceScale([0, ...amounts], null);
  const y = (value: number) => plot.bottom - ((plot.bottom - plot.top) * (value - min)) / (max - min);
  const step = (plot.right - plot.left) / Math.max(1, block.bars.length);
  const width = Math.min(48, step * 0.6);
  return {
    size,
    plot,
    yTicks: ticks.map((value) => ({ at: y(value), label: tickLabel(value, block.unit, block.currency) })),
    bars: block.bars.map(({ label, values: [value = null], estimated }, index) => {
      const center = plot.left + step * (index + 0.5);
      const top = value === null ? plot.bottom : Math.min(y(Number(value)), y(0));
      return {
        center,
        x: center - width / 2,
        y: top,
        width,
        height: value === null ? 0 : Math.abs(y(Number(value)) - y(0)),
        label: `${label}${estimated ? " *" : ""}`,
        value: formatFigure({ value, unit: block.unit, currency: block.currency, unknown: null, n: null, basis: null }),
        known: value !== null,
      };
    }),
  };
}

/** The ends of support of a block, one row each. */
export function reportTimeline(block: TimelineBlock): ReportTimeline {
  const height = 26 + ROW * Math.max(1, block.marks.length) + 6;
  const plot = { left: 130, top: 24, right: TIMELINE_WIDTH - 8, bottom: height - 6 };
  const days = Math.max(1, diffDays(block.from, block.until));
  const x = (day: PlainDate) => plot.left + ((plot.right - plot.left) * Math.max(0, diffDays(block.from, day))) / days;
  return {
    size: { width: TIMELINE_WIDTH, height },
    plot,
    quarters: block.quarters.map(({ name, start, endExclusive }) => ({
      x: x(start),
      width: x(endExclusive) - x(start),
      label: name,
    })),
    rows: block.marks.map(({ label, on, brokers }, index) => ({
      y: plot.top + ROW * (index + 0.5),
      x: x(on),
      label,
      text: `${on}, ${formatFigure(brokers)} ${brokers.value === "1" ? "broker" : "brokers"}`,
    })),
    today: x(block.from),
  };
}

/** About four round steps that hold all values. */
function niceScale(
  values: readonly number[],
  within: { min: number; max: number } | null,
): { ticks: number[]; min: number; max: number } {
  const low = values.length === 0 ? 0 : Math.min(...values);
  const high = values.length === 0 ? 1 : Math.max(...values);
  const spread = high - low || Math.abs(high) || 1;
  const floor = low >= 0 && low < spread * 2 ? 0 : low - spread * 0.1;
  const step = niceStep((high - floor || 1) / 4);
  const min = Math.max(within?.min ?? Number.NEGATIVE_INFINITY, Math.floor(floor / step) * step);
  const max = Math.min(within?.max ?? Number.POSITIVE_INFINITY, Math.ceil(high / step) * step || step);
  const ticks: number[] = [];
  for (let tick = min; tick <= max + step / 1000; tick += step) ticks.push(Number(tick.toPrecision(10)));
  return { ticks, min, max: max > min ? max : min + step };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10) * power;
}

function tickLabel(value: number, unit: FigureUnit, currency: string | null): string {
  if (unit === "percent") return `${value} %`;
  if (currency === null) return value.toLocaleString("en-US");
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  }).format(value);
}

function monthsBetween(from: PlainDate, until: PlainDate): PlainDate[] {
  const months: PlainDate[] = [];
  for (let month = startOfMonth(from); month < until; month = addMonths(month, 1))
    if (month >= from) months.push(month);
  return months;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
