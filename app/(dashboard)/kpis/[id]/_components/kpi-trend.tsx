"use client";

import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { trendInWords } from "@/components/kpi/kpi-words";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatKpiFigure, kpiTick } from "@/components/ui/figures";
import { daysBetween, formatDay, formatDayShort, formatMonth } from "@/components/ui/times";
import { timeLines } from "@/lib/chart-models/time-lines";
import type { KpiHistory, KpiView } from "@/lib/contracts/kpis";
import { kpiHistoryQuery } from "@/lib/queries/kpis";

const HEIGHT = 240;
const YEAR_DAYS = 365;
const WEEK_MS = 7 * 86_400_000;
const TimeLineChart = dynamic(
  () => import("@/components/charts/time-line-chart").then(({ TimeLineChart: chart }) => chart),
  { ssr: false, loading: () => <SectionSkeleton label="the trend" height={HEIGHT} /> },
);

type Points = KpiHistory["series"][number]["points"];

/** The daily snapshots of one value of a KPI, and where its definition changed: what lies on both sides cannot be compared as it is. */
export function KpiTrend({ kpi, series }: { kpi: KpiView; series: string }) {
  const { data, error, refetch, isFetching } = useQuery(kpiHistoryQuery(kpi.id));
  const points = data?.series.find((line) => line.series === series)?.points ?? [];
  return (
    <Container
      header={
        <Header variant="h2" description="Daily snapshots; they are never recomputed.">
          Trend
        </Header>
      }
    >
      {!data &&
        (error ? (
          <ErrorState error={error} what="The trend" onRetry={() => void refetch()} retrying={isFetching} />
        ) : (
          <SectionSkeleton label="the trend" height={HEIGHT} />
        ))}
      {data && points.every(({ value }) => value === null) && (
        <AllClear title="No history yet">
          A snapshot is taken with each sync. None of them had a figure so far.
        </AllClear>
      )}
      {points.some(({ value }) => value !== null) && <Chart kpi={kpi} series={series} points={points} />}
    </Container>
  );
}

function spanOf(points: Points): number {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? daysBetween(first.day, last.day) : 0;
}

function Chart({ kpi, series, points }: { kpi: KpiView; series: string; points: Points }) {
  const model = timeLines(
    [
      {
        label: kpi.title,
        points: points.map(({ day, value }) => ({
          at: `${day}T00:00:00Z`,
          value: value === null ? null : Number(value),
        })),
      },
    ],
    WEEK_MS,
  );
  const at = (time: number) => new Date(time).toISOString();
  // Over more than a year a day without its year is ambiguous.
  const tick = spanOf(points) > YEAR_DAYS ? formatMonth : formatDayShort;
  return (
    <TimeLineChart
      title={kpi.title}
      summary={trendInWords(kpi.title, kpi.unit, points, series)}
      model={model}
      height={HEIGHT}
      formatTime={(time) => formatDay(at(time))}
      formatTimeTick={(time) => tick(at(time))}
      formatValue={(value) => formatKpiFigure(String(value), kpi.unit, series)}
      formatValueTick={(value) => kpiTick(value, kpi.unit, series)}
      target={kpi.target === null ? null : { value: kpi.target, label: "Target now" }}
      notes={[...unitNotes(kpi.unit), ...gapNotes(model.gaps), ...versionNotes(points)]}
    />
  );
}

/** What the axis leaves out for want of room. */
function unitNotes(unit: string): string[] {
  if (unit === "money-per-month") return ["The axis shows amounts per month."];
  return unit === "days" || unit === "minutes" ? [`The axis is in ${unit}.`] : [];
}

function gapNotes(gaps: number): string[] {
  return gaps > 0 ? ["Where the line breaks, there was no snapshot or no figure."] : [];
}

function versionNotes(points: Points): string[] {
  return points.flatMap(({ day, version }, index) => {
    const before = points[index - 1];
    return before && before.version !== version
      ? [`The definition changed on ${formatDay(day)}, from version ${before.version} to ${version}.`]
      : [];
  });
}
