import { HydrationBoundary } from "@tanstack/react-query";
import { findingKeys } from "@/lib/queries/findings.keys";
import { readFinding } from "@/lib/services/read/read-finding";
import { prefetch, reading } from "../../_server/prefetch";
import { FindingView } from "./_components/finding-view";

export const metadata = { title: "Finding" };

export default async function FindingPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const key = findingKeys.detail(id);
  const state = await prefetch([reading("finding", key, (ctx) => readFinding({ ctx, input: { id } }))]);
  return (
    <HydrationBoundary state={state}>
      <FindingView id={id} />
    </HydrationBoundary>
  );
}
