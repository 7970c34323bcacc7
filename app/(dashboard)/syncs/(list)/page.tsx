import { HydrationBoundary } from "@tanstack/react-query";
import { syncListQuery } from "@/lib/contracts/syncs";
import { syncKeys } from "@/lib/queries/syncs.keys";
import { readSyncs } from "@/lib/services/read/read-syncs";
import { prefetch, reading } from "../../_server/prefetch";
import { SyncsView } from "../_components/syncs-view";

export const metadata = { title: "Syncs" };

export default async function SyncsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = syncListQuery.safeParse(await searchParams);
  const state = await prefetch(
    query.success ? [reading("syncs", syncKeys.list(query.data), (ctx) => readSyncs({ ctx, input: query.data }))] : [],
  );
  return (
    <HydrationBoundary state={state}>
      <SyncsView />
    </HydrationBoundary>
  );
}
