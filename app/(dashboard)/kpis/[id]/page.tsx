import { HydrationBoundary } from "@tanstack/react-query";
import { kpiKeys } from "@/lib/queries/kpis.keys";
import { readKpiTargets } from "@/lib/services/read/kpi-targets";
import { readKpi } from "@/lib/services/read/read-kpis";
import { prefetch, reading } from "../../_server/prefetch";
import { KpiPageView } from "./_components/kpi-page-view";

export const metadata = { title: "KPI" };

export default async function KpiPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const state = await prefetch([
    reading("kpi", kpiKeys.detail(id), (ctx) => readKpi({ ctx, input: { id } })),
    reading("kpiTargets", kpiKeys.targets(id), (ctx) => readKpiTargets({ ctx, input: { id } })),
  ]);
  return (
    <HydrationBoundary state={state}>
      <KpiPageView id={id} />
    </HydrationBoundary>
  );
}
