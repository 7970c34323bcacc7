import { AppError } from "@/lib/domain/errors";
import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { MetricQuery, MetricSeriesRead } from "../../gateway";
import type { SourceContext } from "../../source-context";
import { resultOf } from "../../source-result";
import { fetchMetricBatch, queryId } from "./fetch";
import { collectSeries, sortedPoints } from "./normalize";
import { planBatches } from "./plan";

/** Requests of one region under way at one time. */
const BATCHES_AT_ONCE = 2;

interface Series {
  query: MetricQuery;
  points: Map<number, number>;
  failure: AwsFailure | null;
}

/**
 * Metric series of a region over [start, end). A series without any data is in `items` with no points; a series that could not be read in full
 * is in `failures` (named `<broker ARN> <metric> <statistic>`) and not in `items`. Throws invalid-input on a period CloudWatch does not know.
 */
export async function readMetrics(
  context: SourceContext,
  region: string,
  queries: readonly MetricQuery[],
  start: Date,
  endExclusive: Date,
  periodSeconds: number,
): Promise<SourceResult<MetricSeriesRead>> {
  if (!Number.isInteger(periodSeconds) || periodSeconds < 60 || periodSeconds % 60 !== 0) {
    throw new AppError("invalid-input", `a metric period is a multiple of 60 seconds, not ${periodSeconds}`);
  }
  const [startMs, endMs] = [start.getTime(), endExclusive.getTime()];
  const all = new Map<MetricQuery, Series>(
    queries.map((query) => [query, { query, points: new Map(), failure: null }]),
  );
  const batches = planBatches([...all.keys()], startMs, endMs, periodSeconds);
  let stoppedBy: AwsFailure | null = null;
  let next = 0;

  async function work(): Promise<void> {
    for (let batch = batches[next]; batch; batch = batches[next]) {
      next += 1;
      const { pages, stoppedBy: error } = stoppedBy
        ? { pages: [], stoppedBy: null }
        : await fetchMetricBatch(context, region, batch, periodSeconds);
      const failure: AwsFailure | null =
        error === null ? stoppedBy : await context.failureOf(error, "cloudwatch", region);
      // Without permission or an endpoint the other requests would fail the same way.
      if (failure && failure.status !== "failed") stoppedBy ??= failure;
      const series = collectSeries(pages.flat());
      batch.queries.forEach((query, index) => {
        const target = all.get(query);
        if (!target) return;
        const part = series.get(queryId(index));
        for (const [at, value] of part?.points ?? []) target.points.set(at, value);
        target.failure ??= failure ?? statusFailure(part?.statusCode ?? null, region);
      });
    }
  }

  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, work));
  const series = [...all.values()];
  return resultOf(
    series
      .filter(({ failure }) => failure === null)
      .map(({ query, points }) => ({ query, points: sortedPoints(points, startMs, endMs) })),
    series.flatMap(({ query, failure }) =>
      failure ? [{ item: `${query.brokerArn} ${query.metric} ${query.stat}`, failure }] : [],
    ),
  );
}

/** What CloudWatch says of a single series. One that it does not mention at all has no data. */
function statusFailure(statusCode: string | null, region: string): AwsFailure | null {
  if (statusCode === null || statusCode === "Complete") return null;
  const isForbidden = statusCode === "Forbidden";
  return {
    status: isForbidden ? "denied" : "failed",
    errorCode: isForbidden ? "aws-access-denied" : "aws-server-error",
    message: `CloudWatch in ${region} could not give the whole series (${statusCode})`,
    wayOut: isForbidden ? "Attach the read-only policy shown in Settings." : "The next sync tries again.",
    retry: "no",
    awsCode: statusCode,
  };
}
