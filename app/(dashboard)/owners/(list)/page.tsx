import { HydrationBoundary } from "@tanstack/react-query";
import { ownerKeys } from "@/lib/queries/owners.keys";
import { readOwners } from "@/lib/services/read/read-owners";
import { readOwnership } from "@/lib/services/read/read-ownership";
import { prefetch, reading } from "../../_server/prefetch";
import { OwnersView } from "../_components/owners-view";
import { SECTIONS } from "../_components/sections";

export const metadata = { title: "Owners" };

export default async function OwnersPage({ searchParams }: { searchParams: Promise<{ tab?: string | string[] }> }) {
  const { tab } = await searchParams;
  const kind = SECTIONS.find((section) => section === tab);
  const state = await prefetch([
    reading("owners", ownerKeys.list(), (ctx) => readOwners({ ctx })),
    ...(kind
      ? [
          reading("ownership", ownerKeys.ownership(kind, ""), (ctx) =>
            readOwnership({ ctx, input: { kind, limit: 200 } }),
          ),
        ]
      : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <OwnersView />
    </HydrationBoundary>
  );
}
