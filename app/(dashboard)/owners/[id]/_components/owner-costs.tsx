"use client";

import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import dynamic from "next/dynamic";
import { AllClear } from "@/components/states/empty-states";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatAmount, formatNumberOf } from "@/components/ui/figures";
import { formatMonth } from "@/components/ui/times";
import { stackedBars } from "@/lib/chart-models/stacked-bars";
import type { OwnerScorecard } from "@/lib/contracts/owners";

const HEIGHT = 220;
const StackedBarChart = dynamic(
  () => import("@/components/charts/stacked-bar-chart").then(({ StackedBarChart: chart }) => chart),
  { ssr: false, loading: () => <SectionSkeleton label="the cost chart" height={HEIGHT} /> },
);

/** Cost by month: of each day, that of the brokers which were the owner's on that day. */
export function OwnerCosts({ data: { costs, asOf } }: { data: OwnerScorecard }) {
  return (
    <Container
      header={
        <Header variant="h2" description="A cost belongs to the owner of its day. The running month is to date.">
          Cost by month
        </Header>
      }
    >
      {costs.length === 0 ? (
        <AllClear title="No cost is known">
          No day was allocated while brokers belonged to this owner. It is not known, not zero.
        </AllClear>
      ) : (
        <SpaceBetween size="l">
          {costs.map(({ currency, months }) => {
            const model = stackedBars([{ key: "cost", label: "Cost", points: months }]);
            const amount = (text: string) => formatAmount(text, currency);
            const last = months.findLast((month) => month.amount !== null && !asOf.startsWith(month.start.slice(0, 7)));
            return (
              <StackedBarChart
                key={currency}
                title={`Cost by month in ${currency}`}
                summary={
                  last?.amount
                    ? `${amount(last.amount)} in ${formatMonth(last.start)}, the last whole month that is known.`
                    : "No whole month is known yet."
                }
                model={model}
                formatStart={formatMonth}
                formatAmount={amount}
                formatTick={(value) => formatAmount(String(value), currency, 0)}
                height={HEIGHT}
                notes={[
                  ...(model.gaps > 0 ? [`${formatNumberOf(model.gaps, "month")} not known: a gap, not zero.`] : []),
                  "Amazon MQ service charges, unblended, without tax, credits and refunds.",
                ]}
              />
            );
          })}
        </SpaceBetween>
      )}
    </Container>
  );
}
