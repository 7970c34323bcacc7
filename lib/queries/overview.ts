import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "@/lib/queries/fetch-api";
import { overviewKeys } from "@/lib/queries/overview.keys";

export const overviewQuery = () =>
  queryOptions({
    queryKey: overviewKeys.all,
    queryFn: ({ signal }) => fetchApi("overview", { signal }),
  });
