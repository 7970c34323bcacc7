import type { MetricQuery } from "../../gateway";

/** Limits of one GetMetricData request (Amazon CloudWatch API reference, GetMetricData). */
export const MAX_QUERIES = 500;
export const MAX_POINTS = 100_800;

export interface MetricBatch {
  queries: readonly MetricQuery[];
  /** Instants in milliseconds, [start, end). */
  startMs: number;
  endExclusiveMs: number;
}

/**
 * Cuts queries and time into requests that CloudWatch accepts: at most 500 series and 100,800 points each. As AWS charges per series asked for
 * and not per point, series stay whole as long as they fit, and many go into one request.
 */
export function planBatches(
  queries: readonly MetricQuery[],
  startMs: number,
  endExclusiveMs: number,
  periodSeconds: number,
): MetricBatch[] {
  const periodMs = periodSeconds * 1000;
  // An interval that begins inside a period gets that period's point too.
  const pointsOf = (lengthMs: number) => Math.ceil(lengthMs / periodMs) + 1;
  const batches: MetricBatch[] = [];
  const longestMs = (MAX_POINTS - 1) * periodMs;
  for (let from = startMs; from < endExclusiveMs; from += longestMs) {
    const to = Math.min(endExclusiveMs, from + longestMs);
    const perRequest = Math.min(MAX_QUERIES, Math.max(1, Math.floor(MAX_POINTS / pointsOf(to - from))));
    for (let at = 0; at < queries.length; at += perRequest) {
      batches.push({ queries: queries.slice(at, at + perRequest), startMs: from, endExclusiveMs: to });
    }
  }
  return batches;
}
