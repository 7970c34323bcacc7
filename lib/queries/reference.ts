import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { overrideInput, ReferenceTable, withdrawInput } from "@/lib/contracts/reference";
import { fetchApi } from "@/lib/queries/fetch-api";
import { referenceKeys } from "@/lib/queries/reference.keys";

/** Rows of a reference table on one page. */
export const TABLE_PAGE = 50;

/** The support calendar with all its sides. */
export const referenceCalendarQuery = () =>
  queryOptions({
    queryKey: referenceKeys.calendar(),
    queryFn: ({ signal }) => fetchApi("referenceCalendar", { signal }),
  });

/** A page of one kind of reference data. */
export const referenceTableQuery = (kind: ReferenceTable["kind"], { q, page }: { q: string; page: number }) => {
  const input = { q: q || undefined, limit: TABLE_PAGE, offset: (page - 1) * TABLE_PAGE };
  return queryOptions({
    queryKey: referenceKeys.table(kind, input),
    queryFn: ({ signal }) =>
      fetchApi("referenceTable", {
        params: { kind },
        search: new URLSearchParams({
          limit: String(input.limit),
          offset: String(input.offset),
          ...(q ? { q } : {}),
        }).toString(),
        signal,
      }),
    placeholderData: keepPreviousData,
  });
};

/** Findings and figures rest on the reference data: everything is read again. */
const afterwards = (client: QueryClient) => ({ onSuccess: () => client.invalidateQueries() });

export const overrideReferenceMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof overrideInput>) => fetchApi("overrideReference", { body }),
    ...afterwards(client),
  });

export const withdrawOverrideMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, ...body }: z.input<typeof withdrawInput> & { id: number }) =>
      fetchApi("withdrawOverride", { params: { id: String(id) }, body }),
    ...afterwards(client),
  });
