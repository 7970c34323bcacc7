import { HydrationBoundary } from "@tanstack/react-query";
import { findingListQuery } from "@/lib/contracts/findings";
import { brokerKeys } from "@/lib/queries/brokers.keys";
import { findingKeys } from "@/lib/queries/findings.keys";
import { readBrokerFacets } from "@/lib/services/read/read-brokers";
import { readFindings } from "@/lib/services/read/read-findings";
import { prefetch, reading } from "../../_server/prefetch";
import { FindingsView } from "../_components/findings-view";

export const metadata = { title: "Findings" };

export default async function FindingsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = findingListQuery.safeParse(await searchParams);
  const state = await prefetch([
    reading("brokerFacets", brokerKeys.facets(), (ctx) => readBrokerFacets({ ctx })),
    ...(query.success
      ? [reading("findings", findingKeys.list(query.data), (ctx) => readFindings({ ctx, input: query.data }))]
      : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <FindingsView />
    </HydrationBoundary>
  );
}
