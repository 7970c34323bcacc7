import type { Engine } from "@/lib/domain/engine-version";
import { defaultMetricSeries, MAX_DEFAULT_SERIES, type MetricStatistic } from "@/lib/reference/metrics";

/** A series worth paying for: CloudWatch bills every metric requested, however many points come back. */
export interface PlannedSeries {
  metric: string;
  stat: MetricStatistic;
  /** Part of the broker the series is of: '' the whole, '1' and '2' the instances of ActiveMQ. */
  dimension: string;
  /** Dimensions to ask CloudWatch for. */
  dimensions: Readonly<Record<string, string>>;
}

/**
 * The series to read of a broker, most needed first, at most `maxSeries` (an administrator may set fewer than the default 12, or none). Both
 * instances of an ActiveMQ pair are read or neither: either can be the active one. An engine nobody knows has none.
 */
export function metricPlan(
  broker: { engine: Engine; name: string; deploymentMode: string | null | undefined },
  maxSeries: number = MAX_DEFAULT_SERIES,
): readonly PlannedSeries[] {
  const all = defaultMetricSeries(broker);
  const instances = Math.max(1, new Set(all.map((series) => series.instance)).size);
  const count = Math.floor(Math.max(0, Math.min(maxSeries, MAX_DEFAULT_SERIES)) / instances) * instances;
  return all.slice(0, count).map((series) => ({
    metric: series.name,
    stat: series.statistic,
    dimension: series.instance === null ? "" : String(series.instance),
    dimensions: Object.fromEntries(series.dimensions.map(({ name, value }) => [name, value])),
  }));
}

/**
 * A day's value from its hours: the largest of maxima, the smallest of minima, the sum of sums; of averages the mean of the hours that have data
 * (each hour has 60 one-minute samples, so this is the day's average but for hours of which a part is missing). Null without any data.
 */
export function dayOfHours(stat: MetricStatistic, hours: readonly (number | null)[]): number | null {
  const known = hours.filter((value) => value !== null);
  if (known.length === 0) return null;
  const sum = known.reduce((total, value) => total + value, 0);
  switch (stat) {
    case "Maximum":
      return Math.max(...known);
    case "Minimum":
      return Math.min(...known);
    case "Sum":
      return sum;
    case "Average":
      return sum / known.length;
  }
}
