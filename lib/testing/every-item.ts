import { z } from "zod";

const anyPage = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });

/** Every item of a list of the API, page by page: what a fleet's findings count is more than one page holds. */
export async function everyItem(
  api: { get(address: string): Promise<unknown> },
  list: string,
  search: string,
): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const after: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: z.infer<typeof anyPage> = anyPage.parse(await api.get(`/api/v1/${list}?limit=500&${search}${after}`));
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}
