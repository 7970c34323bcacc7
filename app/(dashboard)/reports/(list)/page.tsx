import { HydrationBoundary } from "@tanstack/react-query";
import { reportKeys } from "@/lib/queries/reports.keys";
import { readReports } from "@/lib/services/read/read-reports";
import { prefetch, reading } from "../../_server/prefetch";
import { ReportsView } from "../_components/reports-view";

export const metadata = { title: "Reports" };

export default async function ReportsPage() {
  const state = await prefetch([reading("reports", reportKeys.list(), (ctx) => readReports({ ctx, input: {} }))]);
  return (
    <HydrationBoundary state={state}>
      <ReportsView />
    </HydrationBoundary>
  );
}
