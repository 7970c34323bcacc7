import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ListQuery } from "@/lib/contracts/common";
import { brokerKeys, type MetricsRange } from "@/lib/queries/brokers.keys";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { exportSearch, listSearch } from "@/lib/queries/list-search";

/** One page of the filtered brokers; the rows before stay while the next ones are read. */
export const brokersQuery = (query: ListQuery) =>
  queryOptions({
    queryKey: brokerKeys.list(query),
    queryFn: ({ signal }) => fetchApi("brokers", { search: listSearch(query), signal }),
    placeholderData: keepPreviousData,
  });

/** Values that the property filters offer. */
export const brokerFacetsQuery = () =>
  queryOptions({
    queryKey: brokerKeys.facets(),
    queryFn: ({ signal }) => fetchApi("brokerFacets", { signal }),
    staleTime: 60_000,
  });

export const brokerQuery = (id: string) =>
  queryOptions({
    queryKey: brokerKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("broker", { params: { id }, signal }),
  });

/** The change history of a broker, newest first, page by page. */
export const brokerChangesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: brokerKeys.changes(id),
    queryFn: ({ pageParam, signal }) =>
      fetchApi("brokerChanges", {
        params: { id },
        search: pageParam ? `cursor=${encodeURIComponent(pageParam)}` : "",
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor,
  });

/** Who changed a broker, newest first. */
export const brokerEventsQuery = (id: string) =>
  queryOptions({
    queryKey: brokerKeys.events(id),
    queryFn: ({ signal }) => fetchApi("brokerEvents", { params: { id }, signal }),
  });

/** The last 90 days of a broker's cost. */
export const brokerCostsQuery = (id: string) =>
  queryOptions({
    queryKey: brokerKeys.costs(id),
    queryFn: ({ signal }) => fetchApi("brokerCosts", { params: { id }, signal }),
  });

export const brokerMetricsQuery = (id: string, range: MetricsRange) =>
  queryOptions({
    queryKey: brokerKeys.metrics(id, range),
    queryFn: ({ signal }) => fetchApi("brokerMetrics", { params: { id }, search: `range=${range}`, signal }),
    placeholderData: keepPreviousData,
  });

/** Address of the CSV file with exactly the filtered brokers. */
export const brokersCsvPath = (query: ListQuery) => apiPath("brokersCsv", { search: exportSearch(query) });
