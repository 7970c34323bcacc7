import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { CutQuery } from "@/lib/contracts/common";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { lifecycleKeys } from "@/lib/queries/lifecycle.keys";
import { cutSearch } from "@/lib/queries/list-search";

/** Engine lines and instance types with their dates, brokers and exposure; those of the cut before stay while the next are read. */
export const lifecycleQuery = (cut: CutQuery) =>
  queryOptions({
    queryKey: lifecycleKeys.view(cut),
    queryFn: ({ signal }) => fetchApi("lifecycle", { search: cutSearch(cut), signal }),
    placeholderData: keepPreviousData,
  });

/** Address of the calendar feed of a cut. */
export const lifecycleCalendarPath = (cut: CutQuery) => apiPath("lifecycleCalendar", { search: cutSearch(cut) });
