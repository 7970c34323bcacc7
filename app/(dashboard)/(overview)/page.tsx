import { HydrationBoundary } from "@tanstack/react-query";
import { costQuery } from "@/lib/contracts/costs";
import { costKeys } from "@/lib/queries/costs.keys";
import { overviewKeys } from "@/lib/queries/overview.keys";
import { readCosts } from "@/lib/services/read/read-costs";
import { readOverview } from "@/lib/services/read/read-overview";
import { prefetch, reading } from "../_server/prefetch";
import { DEFAULT_TREND } from "./_components/cost-trend-choice";
import { OverviewView } from "./_components/overview-view";

export const metadata = { title: "Overview" };

export default async function OverviewPage() {
  const state = await prefetch([
    reading("overview", overviewKeys.all, (ctx) => readOverview({ ctx, input: {} })),
    reading("costs", costKeys.trend(DEFAULT_TREND), (ctx) => readCosts({ ctx, input: costQuery.parse(DEFAULT_TREND) })),
  ]);
  return (
    <HydrationBoundary state={state}>
      <OverviewView />
    </HydrationBoundary>
  );
}
