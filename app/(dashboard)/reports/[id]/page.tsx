import { HydrationBoundary } from "@tanstack/react-query";
import { reportKeys } from "@/lib/queries/reports.keys";
import { readReport } from "@/lib/services/read/read-reports";
import { prefetch, reading } from "../../_server/prefetch";
import { ReportPageView } from "./_components/report-page-view";

export const metadata = { title: "Report" };

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const state = await prefetch([reading("report", reportKeys.detail(id), (ctx) => readReport({ ctx, input: { id } }))]);
  return (
    <HydrationBoundary state={state}>
      <ReportPageView id={id} />
    </HydrationBoundary>
  );
}
