import { HydrationBoundary } from "@tanstack/react-query";
import { planListQuery } from "@/lib/contracts/plans";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { campaignKeys } from "@/lib/queries/campaigns.keys";
import { planKeys } from "@/lib/queries/plans.keys";
import { readBrokerFacets } from "@/lib/services/read/read-brokers";
import { readCampaigns } from "@/lib/services/read/read-campaign";
import { readPlans } from "@/lib/services/read/read-plans";
import { prefetch, reading } from "../../_server/prefetch";
import { PlansTabs } from "../_components/plans-tabs";

export const metadata = { title: "Plans" };

export default async function PlansPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const search = await searchParams;
  const query = planListQuery.safeParse(search);
  const state = await prefetch(
    search.tab === "campaigns"
      ? [reading("campaigns", campaignKeys.list(), (ctx) => readCampaigns({ ctx }))]
      : [
          reading("brokerFacets", brokerKeys.facets(), (ctx) => readBrokerFacets({ ctx })),
          ...(query.success
            ? [reading("plans", planKeys.list(query.data), (ctx) => readPlans({ ctx, input: query.data }))]
            : []),
        ],
  );
  return (
    <HydrationBoundary state={state}>
      <PlansTabs />
    </HydrationBoundary>
  );
}
