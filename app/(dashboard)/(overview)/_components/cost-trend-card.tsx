"use client";

import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { costSourceLabel } from "@/components/broker/labels";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatAmount } from "@/components/ui/figures";
import { formatDay, formatDayShort, formatMonth } from "@/components/ui/times";
import { stackedBars } from "@/lib/chart-models/stacked-bars";
import type { CostReport } from "@/lib/contracts/costs";
import { costsQuery } from "@/lib/queries/costs";
import { COST_DIMENSION_CHOICES, COST_GRANULARITY_CHOICES, DEFAULT_TREND } from "./cost-trend-choice";

const CHART_HEIGHT = 280;
const StackedBarChart = dynamic(
  () => import("@/components/charts/stacked-bar-chart").then(({ StackedBarChart: chart }) => chart),
  { ssr: false, loading: () => <SectionSkeleton label="the cost chart" height={CHART_HEIGHT} /> },
);

/** Cost over time, split by one dimension, one chart per currency: amounts of different currencies are never added. */
export function CostTrendCard() {
  const [trend, setTrend] = useState(DEFAULT_TREND);
  const { data, error, refetch, isFetching } = useQuery(costsQuery(trend));
  const choice = COST_DIMENSION_CHOICES.find(({ value }) => value === trend.by) ?? null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            data ? `${data.scope} Source: ${data.sources.map(costSourceLabel).join(", ") || "none yet"}.` : undefined
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <SegmentedControl
                label="Granularity"
                selectedId={trend.granularity}
                options={COST_GRANULARITY_CHOICES}
                onChange={({ detail }) =>
                  setTrend({ ...trend, granularity: detail.selectedId === "month" ? "month" : "day" })
                }
              />
              <Select
                ariaLabel="Split cost by"
                selectedOption={choice}
                options={COST_DIMENSION_CHOICES}
                onChange={({ detail }) => {
                  const by = COST_DIMENSION_CHOICES.find(({ value }) => value === detail.selectedOption.value)?.value;
                  if (by) setTrend({ ...trend, by });
                }}
              />
            </SpaceBetween>
          }
        >
          Cost trend
        </Header>
      }
    >
      {!data &&
        (error ? (
          <ErrorState error={error} what="The costs" onRetry={() => void refetch()} retrying={isFetching} />
        ) : (
          <SectionSkeleton label="the costs" height={CHART_HEIGHT} />
        ))}
      {data && data.currencies.length === 0 && (
        <AllClear title="No costs have been read yet">
          They come with the daily reading of Cost Explorer. The syncs page says whether it was denied.
        </AllClear>
      )}
      {data?.currencies.map((currency) => (
        <CurrencyTrend key={currency.currency} report={data} costs={currency} />
      ))}
    </Container>
  );
}

function CurrencyTrend({ report, costs }: { report: CostReport; costs: CostReport["currencies"][number] }) {
  const model = stackedBars(costs.series);
  const amount = (text: string) => formatAmount(text, costs.currency);
  const monthly = report.granularity === "month";
  const notes = [
    report.missingDays > 0 ? `${report.missingDays} days were never read: they are gaps, not zero.` : "",
    report.estimatedDays > 0 ? `${report.estimatedDays} days are still estimated by AWS and may change.` : "",
  ].filter((note) => note !== "");
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={4}
        minColumnWidth={200}
        items={[
          { label: "Billed in the period", value: amount(costs.billed) },
          { label: "Allocated to brokers", value: amount(costs.allocated) },
          { label: "Ambiguous: spread over all candidates", value: amount(costs.ambiguous) },
          { label: "Not placed on any broker", value: amount(costs.unallocated) },
        ]}
      />
      <StackedBarChart
        title={`Cost by ${report.by} in ${costs.currency}`}
        summary={`${amount(costs.billed)} from ${formatDay(report.from)} until before ${formatDay(report.until)}.`}
        model={model}
        formatStart={monthly ? formatMonth : formatDayShort}
        formatAmount={amount}
        formatTick={(value) => formatAmount(String(value), costs.currency, 0)}
        notes={notes}
        height={CHART_HEIGHT}
      />
    </SpaceBetween>
  );
}
