"use client";

import Alert from "@cloudscape-design/components/alert";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { costBasesLabel } from "@/components/broker/labels";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatAmount } from "@/components/ui/figures";
import { formatDay, formatDayShort } from "@/components/ui/times";
import { type AmountSeries, stackedBars } from "@/lib/chart-models/stacked-bars";
import { brokerCostsQuery } from "@/lib/queries/brokers";

const StackedBarChart = dynamic(
  () => import("@/components/charts/stacked-bar-chart").then(({ StackedBarChart: chart }) => chart),
  { ssr: false, loading: () => <SectionSkeleton label="the cost chart" height={280} /> },
);
const COMPONENTS = [
  ["instance", "Instance hours"],
  ["storage", "Storage"],
  ["transfer", "Data transfer"],
  ["other", "Other"],
] as const;

/** Daily cost of the broker by component, on which basis, and what that means. */
export function BrokerCosts({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(brokerCostsQuery(id));
  if (!data)
    return error ? (
      <ErrorState error={error} what="The cost of this broker" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the cost" height={360} />
    );
  const { currency, days, total } = data;
  if (currency === null || !days.some((day) => COMPONENTS.some(([component]) => day[component] !== null))) {
    return <AllClear title="No cost is known for this broker">{data.explanation}</AllClear>;
  }
  const series: AmountSeries[] = COMPONENTS.map(([key, label]) => ({
    key,
    label,
    points: days.map((day) => ({ start: day.day, amount: day[key], estimated: day.estimated })),
  })).filter(({ points }) => points.some(({ amount }) => amount !== null));
  const model = stackedBars(series);
  const amount = (text: string) => formatAmount(text, currency);
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  return (
    <SpaceBetween size="l">
      {data.basis && data.basis !== "billed" && <Alert type="info">{data.explanation}</Alert>}
      <KeyValuePairs
        columns={3}
        minColumnWidth={200}
        items={[
          { label: "Total of the days shown", value: total ? formatAmount(total.amount, total.currency) : "Not known" },
          { label: "Basis", value: data.basis ? costBasesLabel(data.basis) : "Not known" },
          { label: "Days", value: first && last ? `${formatDay(first)} to ${formatDay(last)}` : "–" },
        ]}
      />
      <StackedBarChart
        title={`Daily cost in ${currency}`}
        summary={
          total ? `${formatAmount(total.amount, total.currency)} over ${days.length} days.` : `${days.length} days.`
        }
        model={model}
        formatStart={formatDayShort}
        formatAmount={amount}
        formatTick={(value) => formatAmount(String(value), currency, 0)}
        notes={[
          ...(model.gaps > 0 ? [`${model.gaps} days are not known: they are gaps, not zero.`] : []),
          ...(model.estimatedBars > 0
            ? [`${model.estimatedBars} days are still estimated by AWS and may change.`]
            : []),
          "Amazon MQ service charges, unblended, without tax, credits and refunds.",
        ]}
      />
      {(!data.basis || data.basis === "billed") && <div>{data.explanation}</div>}
    </SpaceBetween>
  );
}
