import { HydrationBoundary } from "@tanstack/react-query";
import { planListQuery } from "@/lib/contracts/plans";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { planKeys } from "@/lib/queries/plans.keys";
import { readBrokerFacets } from "@/lib/services/read/read-brokers";
import { readPlans } from "@/lib/services/read/read-plans";
import { prefetch, reading } from "../../_server/prefetch";
import { PlansView } from "../_components/plans-view";

export const metadata = { title: "Plans" };

export default async function PlansPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = planListQuery.safeParse(await searchParams);
  const state = await prefetch([
    reading("brokerFacets", brokerKeys.facets(), (ctx) => readBrokerFacets({ ctx })),
    ...(query.success
      ? [reading("plans", planKeys.list(query.data), (ctx) => readPlans({ ctx, input: query.data }))]
      : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <PlansView />
    </HydrationBoundary>
  );
}
