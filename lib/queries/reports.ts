import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { reportInput } from "@/lib/contracts/reports";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { reportKeys } from "@/lib/queries/reports.keys";

/** Versions of all quarters and scopes, and what can be computed. */
export const reportsQuery = () =>
  queryOptions({ queryKey: reportKeys.list(), queryFn: ({ signal }) => fetchApi("reports", { signal }) });

/** One version, which never changes. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: reportKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("report", { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const issueReportMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof reportInput>) => fetchApi("issueReport", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: reportKeys.all }),
  });

const FILES = { pdf: "reportPdf", xlsx: "reportXlsx", csv: "reportCsv", json: "reportJson" } as const;

/** Address of a download of a version. */
export function reportFilePath(id: number, format: keyof typeof FILES, search?: string): string {
  return apiPath(FILES[format], { params: { id: String(id) }, search });
}
