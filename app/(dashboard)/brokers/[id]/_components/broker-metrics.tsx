"use client";

import Box from "@cloudscape-design/components/box";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { z } from "zod";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatDay, formatDayShort, formatInstant } from "@/components/ui/times";
import { timeLines } from "@/lib/chart-models/time-lines";
import type { brokerMetrics } from "@/lib/contracts/brokers";
import { brokerMetricsQuery } from "@/lib/queries/brokers";
import type { MetricsRange } from "@/lib/queries/brokers.keys";
import { formatMetric } from "./metric-format";

const HEIGHT = 220;
const STEP_MS = { hourly: 3_600_000, daily: 86_400_000 };
const TimeLineChart = dynamic(
  () => import("@/components/charts/time-line-chart").then(({ TimeLineChart: chart }) => chart),
  { ssr: false, loading: () => <SectionSkeleton label="the chart" height={HEIGHT} /> },
);
const RANGES: readonly { id: MetricsRange; text: string }[] = [
  { id: "3d", text: "3 days" },
  { id: "15d", text: "15 days" },
  { id: "90d", text: "90 days" },
  { id: "13m", text: "13 months" },
];

type Metrics = z.output<typeof brokerMetrics>;

/** CloudWatch metrics of the broker. Hourly for 15 days, daily beyond. */
export function BrokerMetrics({ id }: { id: string }) {
  const [range, setRange] = useState<MetricsRange>("15d");
  const { data, error, refetch, isFetching } = useQuery(brokerMetricsQuery(id, range));
  return (
    <SpaceBetween size="l">
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <SegmentedControl
          label="Period"
          selectedId={range}
          options={RANGES}
          onChange={({ detail }) =>
            setRange(RANGES.find((candidate) => candidate.id === detail.selectedId)?.id ?? range)
          }
        />
        {data && (
          <Box color="text-body-secondary">
            {data.resolution === "hourly" ? "Hourly" : "Daily"} values
            {data.readAt ? `, read from CloudWatch on ${formatInstant(data.readAt)}` : ""}
          </Box>
        )}
      </SpaceBetween>
      {!data &&
        (error ? (
          <ErrorState
            error={error}
            what="The metrics of this broker"
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <SectionSkeleton label="the metrics" height={360} />
        ))}
      {data && data.metrics.length === 0 && (
        <AllClear title="No metrics are known for this broker">
          CloudWatch is read once a day. Nothing was read for this period yet, or the broker published nothing.
        </AllClear>
      )}
      {data && data.metrics.length > 0 && (
        <div className="mqs-pairs">
          {data.metrics.map((metric) => (
            <MetricChart key={metric.metric} metric={metric} resolution={data.resolution} />
          ))}
        </div>
      )}
    </SpaceBetween>
  );
}

function MetricChart({
  metric,
  resolution,
}: {
  metric: Metrics["metrics"][number];
  resolution: Metrics["resolution"];
}) {
  const series = metric.series.map(({ label, stat, points }) => ({
    label: label ? `${label} (${stat})` : stat,
    points,
  }));
  const model = timeLines(series, STEP_MS[resolution]);
  const at = (time: number) => new Date(time).toISOString();
  return (
    <div>
      <Box variant="h3">
        {metric.title}{" "}
        <Box variant="span" color="text-body-secondary" fontSize="body-m" fontWeight="normal">
          {metric.unit}
        </Box>
      </Box>
      <Box variant="p" color="text-body-secondary">
        {metric.description}
      </Box>
      {model.rows.length === 0 ? (
        <AllClear title="No values in this period" />
      ) : (
        <TimeLineChart
          title={metric.title}
          summary={`${metric.unit}, ${model.rows.length} ${resolution} values.`}
          model={model}
          height={HEIGHT}
          formatTime={(time) => (resolution === "hourly" ? formatInstant(at(time)) : formatDay(at(time)))}
          formatTimeTick={(time) => formatDayShort(at(time))}
          formatValue={(value) => formatMetric(value, metric.unit)}
          notes={model.gaps > 0 ? ["Where the line breaks, CloudWatch had no value."] : []}
        />
      )}
    </div>
  );
}
