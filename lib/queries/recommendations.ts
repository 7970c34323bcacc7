import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ListQuery } from "@/lib/contracts/common";
import type { recommendationDismissal } from "@/lib/contracts/recommendations";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { exportSearch, listSearch } from "@/lib/queries/list-search";
import { recommendationKeys } from "@/lib/queries/recommendations.keys";

/** One page of the filtered recommendations with their sums; the rows before stay while the next ones are read. */
export const recommendationsQuery = (query: ListQuery) =>
  queryOptions({
    queryKey: recommendationKeys.list(query),
    queryFn: ({ signal }) => fetchApi("recommendations", { search: listSearch(query), signal }),
    placeholderData: keepPreviousData,
  });

/** The recommendations of a broker, and why others are not made. */
export const brokerRecommendationsQuery = (id: string) =>
  queryOptions({
    queryKey: recommendationKeys.ofBroker(id),
    queryFn: ({ signal }) => fetchApi("brokerRecommendations", { params: { id }, signal }),
  });

/** Sets a recommendation aside; sums and KPIs are read again. */
export const dismissRecommendationMutation = (client: QueryClient, id: number) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof recommendationDismissal>) =>
      fetchApi("dismissRecommendation", { params: { id: String(id) }, body }),
    onSuccess: () => client.invalidateQueries(),
  });

/** Addresses of files with exactly the filtered recommendations. */
export const recommendationsCsvPath = (query: ListQuery) =>
  apiPath("recommendationsCsv", { search: exportSearch(query) });
export const recommendationsJsonPath = (query: ListQuery) =>
  apiPath("recommendationsJson", { search: exportSearch(query) });
