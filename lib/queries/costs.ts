import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type CostTrend, costKeys } from "@/lib/queries/costs.keys";
import { fetchApi } from "@/lib/queries/fetch-api";

/** Costs over the server's default period, split by one dimension. */
export const costsQuery = (trend: CostTrend) =>
  queryOptions({
    queryKey: costKeys.trend(trend),
    queryFn: ({ signal }) => fetchApi("costs", { search: new URLSearchParams({ ...trend }).toString(), signal }),
    placeholderData: keepPreviousData,
  });
