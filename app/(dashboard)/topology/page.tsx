import { HydrationBoundary } from "@tanstack/react-query";
import { topologyQuery } from "@/lib/contracts/topology";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { topologyKeys } from "@/lib/queries/topology.keys";
import { readBrokerFacets } from "@/lib/services/read/read-brokers";
import { readTopologyMap } from "@/lib/services/read/read-topology-map";
import { prefetch, reading } from "../_server/prefetch";
import { TopologyView } from "./_components/topology-view";

export const metadata = { title: "Topology" };

export default async function TopologyPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = topologyQuery.safeParse(await searchParams);
  const state = await prefetch([
    reading("brokerFacets", brokerKeys.facets(), (ctx) => readBrokerFacets({ ctx })),
    ...(query.success
      ? [reading("topology", topologyKeys.map(query.data), (ctx) => readTopologyMap({ ctx, input: query.data }))]
      : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <TopologyView />
    </HydrationBoundary>
  );
}
