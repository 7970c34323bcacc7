import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { importInput, overrideInput, ReferenceTable, withdrawInput } from "@/lib/contracts/reference";
import { fetchApi } from "@/lib/queries/fetch-api";
import { referenceKeys } from "@/lib/queries/reference.keys";

/** Rows of a reference table on one page. */
export const TABLE_PAGE = 25;

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

/** Published sources that were loaded. */
export const referenceImportsQuery = () =>
  queryOptions({
    queryKey: referenceKeys.imports(),
    queryFn: ({ signal }) => fetchApi("referenceImports", { signal }),
  });

/** Findings and figures rest on the reference data: everything is read again. */
const afterwards = (client: QueryClient) => ({ onSuccess: () => client.invalidateQueries() });

export const overrideReferenceMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof overrideInput>) => fetchApi("overrideReference", { body }),
    ...afterwards(client),
  });

/** Takes an override or an import back. */
export const withdrawReferenceMutation = (client: QueryClient, what: "override" | "import") =>
  mutationOptions({
    mutationFn: ({ id, ...body }: z.input<typeof withdrawInput> & { id: number }): Promise<{ id: number }> =>
      fetchApi(what === "override" ? "withdrawOverride" : "withdrawImport", { params: { id: String(id) }, body }),
    ...afterwards(client),
  });

/** Loads a file, packed on the way, or an address. */
export const importReferenceMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: async ({ kind, source }: { kind: z.input<typeof importInput>["kind"]; source: File | string }) => {
      const body: z.input<typeof importInput> =
        typeof source === "string"
          ? { from: "address", kind, address: source }
          : { from: "file", kind, name: source.name, encoding: "gzip-base64", content: await packed(source) };
      return fetchApi("importReference", { body });
    },
    ...afterwards(client),
  });

/** A file by gzip in base64. */
async function packed(file: File): Promise<string> {
  const bytes = new Uint8Array(
    await new Response(file.stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
  );
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
