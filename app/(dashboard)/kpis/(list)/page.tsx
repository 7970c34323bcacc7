import { HydrationBoundary } from "@tanstack/react-query";
import { kpiKeys } from "@/lib/queries/kpis.keys";
import { readKpis } from "@/lib/services/read/read-kpis";
import { prefetch, reading } from "../../_server/prefetch";
import { KpisView } from "../_components/kpis-view";

export const metadata = { title: "KPIs" };

export default async function KpisPage() {
  const state = await prefetch([reading("kpis", kpiKeys.list(), (ctx) => readKpis({ ctx, input: {} }))]);
  return (
    <HydrationBoundary state={state}>
      <KpisView />
    </HydrationBoundary>
  );
}
