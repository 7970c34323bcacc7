import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AuditQuery } from "@/lib/contracts/audit";
import { auditKeys, auditSearch } from "@/lib/queries/audit.keys";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";

/** Who changed what, newest first. */
export const auditQueryOptions = (query: AuditQuery) =>
  queryOptions({
    queryKey: auditKeys.list(query),
    queryFn: ({ signal }) => fetchApi("audit", { search: auditSearch(query), signal }),
    placeholderData: keepPreviousData,
  });

/** Address of the CSV of exactly the filtered events. */
export function auditCsvHref({ limit: _, cursor: __, ...filter }: AuditQuery): string {
  return apiPath("auditCsv", { search: auditSearch(filter) });
}

/** What keeps the audit from being rewritten, and its sealed months. */
export const auditSealsQuery = () =>
  queryOptions({ queryKey: auditKeys.seals(), queryFn: ({ signal }) => fetchApi("auditSeals", { signal }) });
