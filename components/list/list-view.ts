import { z } from "zod";

/** How a list is looked at: in the address beside the query, but no business of the API. */
export interface ListView {
  /** Ids of the visible columns in their order; null for the default ones. */
  columns: readonly string[] | null;
  wrap: boolean;
  density: "comfortable" | "compact";
  /** Number of the page for display; the cursor is what decides. */
  page: number;
}

const schema = z.object({
  columns: z
    .string()
    .max(1000)
    .transform((text) => text.split(",").filter((id) => id !== ""))
    .nullable()
    .catch(null)
    .default(null),
  wrap: z.literal("1").optional().catch(undefined),
  density: z.enum(["comfortable", "compact"]).catch("comfortable").default("comfortable"),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1).default(1),
});

/** Reads the view from an address; whatever is wrong with it falls back to the default. */
export function parseListView(search: URLSearchParams): ListView {
  const { columns, wrap, density, page } = schema.parse(Object.fromEntries(search));
  return { columns: columns && columns.length > 0 ? columns : null, wrap: wrap === "1", density, page };
}

/** The view as parameters of the address, without defaults. */
export function listViewSearch(view: ListView): [string, string][] {
  return [
    ...(view.columns ? [["columns", view.columns.join(",")] as [string, string]] : []),
    ...(view.wrap ? [["wrap", "1"] as [string, string]] : []),
    ...(view.density === "compact" ? [["density", "compact"] as [string, string]] : []),
    ...(view.page > 1 ? [["page", String(view.page)] as [string, string]] : []),
  ];
}
