import type { MetricResultAnswer } from "./fetch";

export interface SeriesPart {
  /** Points by instant (milliseconds): pages and time slices may overlap. */
  points: Map<number, number>;
  /** CloudWatch's last word on the series: Complete, PartialData, InternalError, Forbidden; null when it never named the series. */
  statusCode: string | null;
}

/**
 * The series of one request, by query id, from all its pages. A series that was PartialData on one page is complete when a later one says so.
 * Values without a time or the other way round are cut; values that are no numbers are left out.
 */
export function collectSeries(results: readonly MetricResultAnswer[]): Map<string, SeriesPart> {
  const series = new Map<string, SeriesPart>();
  for (const result of results) {
    const part = series.get(result.Id) ?? { points: new Map<number, number>(), statusCode: null };
    const values = result.Values ?? [];
    (result.Timestamps ?? []).forEach((at, index) => {
      const value = values[index];
      if (value !== undefined && Number.isFinite(value)) part.points.set(at.getTime(), value);
    });
    part.statusCode = result.StatusCode || part.statusCode || "Complete";
    series.set(result.Id, part);
  }
  return series;
}

/** Points ascending, inside [start, end). */
export function sortedPoints(
  points: ReadonlyMap<number, number>,
  startMs: number,
  endExclusiveMs: number,
): { at: Date; value: number }[] {
  return [...points]
    .filter(([at]) => at >= startMs && at < endExclusiveMs)
    .sort(([a], [b]) => a - b)
    .map(([at, value]) => ({ at: new Date(at), value }));
}
