import { HydrationBoundary } from "@tanstack/react-query";
import { brokerListQuery } from "@/lib/contracts/brokers";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { readBrokerFacets, readBrokers } from "@/lib/services/read/read-brokers";
import { prefetch, reading } from "../../_server/prefetch";
import { BrokersView } from "../_components/brokers-view";

export const metadata = { title: "Brokers" };

export default async function BrokersPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = brokerListQuery.safeParse(await searchParams);
  const state = await prefetch([
    reading("brokerFacets", brokerKeys.facets(), (ctx) => readBrokerFacets({ ctx })),
    ...(query.success
      ? [reading("brokers", brokerKeys.list(query.data), (ctx) => readBrokers({ ctx, input: query.data }))]
      : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <BrokersView />
    </HydrationBoundary>
  );
}
