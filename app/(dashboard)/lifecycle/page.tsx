import { HydrationBoundary } from "@tanstack/react-query";
import { lifecycleQuery } from "@/lib/contracts/lifecycle";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { lifecycleKeys } from "@/lib/queries/lifecycle.keys";
import { readBrokerFacets } from "@/lib/services/read/read-brokers";
import { readLifecycle } from "@/lib/services/read/read-lifecycle";
import { prefetch, reading } from "../_server/prefetch";
import { LifecyclePageView } from "./_components/lifecycle-page-view";

export const metadata = { title: "Lifecycle" };

export default async function LifecyclePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const cut = lifecycleQuery.safeParse(await searchParams);
  const input = cut.success ? cut.data : {};
  const state = await prefetch([
    reading("lifecycle", lifecycleKeys.view(input), (ctx) => readLifecycle({ ctx, input })),
    reading("brokerFacets", brokerKeys.facets(), (ctx) => readBrokerFacets({ ctx })),
  ]);
  return (
    <HydrationBoundary state={state}>
      <LifecyclePageView />
    </HydrationBoundary>
  );
}
