import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ListQuery } from "@/lib/contracts/common";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { findingKeys } from "@/lib/queries/findings.keys";
import { exportSearch, listSearch } from "@/lib/queries/list-search";

/** One page of the filtered findings; the rows before stay while the next ones are read. */
export const findingsQuery = (query: ListQuery) =>
  queryOptions({
    queryKey: findingKeys.list(query),
    queryFn: ({ signal }) => fetchApi("findings", { search: listSearch(query), signal }),
    placeholderData: keepPreviousData,
  });

export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: findingKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("finding", { params: { id }, signal }),
  });

/** Address of the CSV file with exactly the filtered findings. */
export const findingsCsvPath = (query: ListQuery) => apiPath("findingsCsv", { search: exportSearch(query) });
