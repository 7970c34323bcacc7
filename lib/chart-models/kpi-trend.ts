import { addDays, diffDays, parsePlainDate } from "@/lib/domain/plain-date";

/** A KPI's daily snapshots, as the history endpoint gives them: days without a snapshot are absent. */
export interface KpiTrendInput {
  series: readonly {
    series: string;
    points: readonly { day: string; value: string | null; version: number }[];
  }[];
}

export interface KpiTrend {
  series: { key: string; name: string }[];
  /** Ascending by day. A series' value is absent where it has nothing to say of the day, and null where its line must break. */
  rows: ({ day: string } & Record<string, string | number | null>)[];
  /** The exact value behind a number, for reading: by series key and day. */
  texts: Record<string, Record<string, string>>;
  /** Days on which the KPI's meaning changed: values before and after do not compare. */
  breaks: { day: string; version: number }[];
  gaps: number;
}

/** Neighbouring intervals that tell how often snapshots are taken here. */
const NEIGHBOURS = 3;
const GAP_FACTOR = 1.5;
/** Two snapshots alone say nothing about a cadence: further apart than the slowest one they are not joined. */
const SLOWEST_CADENCE_DAYS = 7;

/**
 * Snapshots on a calendar axis. Older history is weekly and newer daily, so what is a gap depends on the neighbourhood: an interval half as long again
 * as the usual ones on either side breaks the line, as does a day whose figure was unavailable. Nothing is interpolated or carried forward.
 */
export function kpiTrend(input: KpiTrendInput): KpiTrend {
  const rows = new Map<string, { day: string } & Record<string, string | number | null>>();
  const rowOf = (day: string) => {
    const row = rows.get(day) ?? { day };
    rows.set(day, row);
    return row;
  };
  const texts: KpiTrend["texts"] = {};
  const breaks = new Map<string, number>();
  let gaps = 0;
  for (const [index, { points }] of input.series.entries()) {
    const key = `s${index}`;
    const own: Record<string, string> = {};
    texts[key] = own;
    const intervals = intervalsOf(points.map(({ day }) => day));
    for (const [at, { day, value, version }] of points.entries()) {
      rowOf(day)[key] = value === null ? null : Number(value);
      if (value === null) gaps += 1;
      else own[day] = value;
      const before = points[at - 1];
      if (before && before.version !== version) breaks.set(day, version);
      if (before && isGap(intervals, at - 1)) {
        gaps += 1;
        rowOf(dayAfter(before.day))[key] ??= null;
      }
    }
  }
  return {
    series: input.series.map(({ series }, index) => ({ key: `s${index}`, name: series })),
    rows: [...rows.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    texts,
    breaks: [...breaks].map(([day, version]) => ({ day, version })).sort((a, b) => (a.day < b.day ? -1 : 1)),
    gaps,
  };
}

function intervalsOf(days: readonly string[]): number[] {
  const dates = days.map(parsePlainDate);
  return dates.slice(1).map((date, index) => diffDays(dates[index] ?? date, date));
}

function isGap(intervals: readonly number[], at: number): boolean {
  const length = intervals[at] ?? 0;
  const usual = Math.max(
    medianOf(intervals.slice(Math.max(0, at - NEIGHBOURS), at)),
    medianOf(intervals.slice(at + 1, at + 1 + NEIGHBOURS)),
  );
  return usual === 0 ? length > SLOWEST_CADENCE_DAYS : length > usual * GAP_FACTOR;
}

/** 0 for none. */
function medianOf(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.floor((ascending.length - 1) / 2)] ?? 0;
}

function dayAfter(day: string): string {
  return addDays(parsePlainDate(day), 1);
}
