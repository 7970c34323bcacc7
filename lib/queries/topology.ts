import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TopologyQuery } from "@/lib/contracts/topology";
import { fetchApi } from "@/lib/queries/fetch-api";
import { topologyKeys, topologySearch } from "@/lib/queries/topology.keys";

/** The networks of brokers that match, drawn; the drawing before stays while the next one is read. */
export const topologyQueryOf = (query: TopologyQuery) =>
  queryOptions({
    queryKey: topologyKeys.map(query),
    queryFn: ({ signal }) => fetchApi("topology", { search: topologySearch(query), signal }),
    placeholderData: keepPreviousData,
  });
