import { HydrationBoundary } from "@tanstack/react-query";
import { ownerKeys } from "@/lib/queries/owners.keys";
import { readOwner } from "@/lib/services/read/read-owner";
import { prefetch, reading } from "../../_server/prefetch";
import { OwnerView } from "./_components/owner-view";

export const metadata = { title: "Owner" };

export default async function OwnerPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const state = await prefetch([reading("owner", ownerKeys.detail(id), (ctx) => readOwner({ ctx, input: { id } }))]);
  return (
    <HydrationBoundary state={state}>
      <OwnerView id={id} />
    </HydrationBoundary>
  );
}
