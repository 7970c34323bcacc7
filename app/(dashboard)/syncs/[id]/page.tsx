import { HydrationBoundary } from "@tanstack/react-query";
import { FIRST_PART, OUTCOMES_PAGE, syncKeys } from "@/lib/queries/syncs.keys";
import { readSync } from "@/lib/services/read/read-syncs";
import { prefetch, reading } from "../../_server/prefetch";
import { SyncView } from "./_components/sync-view";

export const metadata = { title: "Sync" };

export default async function SyncPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const key = syncKeys.detail(id, FIRST_PART);
  const state = await prefetch([
    reading("sync", key, (ctx) =>
      readSync({ ctx, input: { id, show: FIRST_PART.show, limit: OUTCOMES_PAGE, offset: 0 } }),
    ),
  ]);
  return (
    <HydrationBoundary state={state}>
      <SyncView id={id} />
    </HydrationBoundary>
  );
}
