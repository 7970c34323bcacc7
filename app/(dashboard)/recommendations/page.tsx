import { HydrationBoundary } from "@tanstack/react-query";
import { recommendationListQuery } from "@/lib/contracts/recommendations";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { recommendationKeys } from "@/lib/queries/recommendations.keys";
import { readBrokerFacets } from "@/lib/services/read/read-brokers";
import { readRecommendations } from "@/lib/services/read/read-recommendations";
import { prefetch, reading } from "../_server/prefetch";
import { RecommendationsView } from "./_components/recommendations-view";

export const metadata = { title: "Recommendations" };

export default async function RecommendationsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = recommendationListQuery.safeParse(await searchParams);
  const state = await prefetch([
    reading("brokerFacets", brokerKeys.facets(), (ctx) => readBrokerFacets({ ctx })),
    ...(query.success
      ? [
          reading("recommendations", recommendationKeys.list(query.data), (ctx) =>
            readRecommendations({ ctx, input: query.data }),
          ),
        ]
      : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <RecommendationsView />
    </HydrationBoundary>
  );
}
