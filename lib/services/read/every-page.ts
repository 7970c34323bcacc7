import { AppError } from "@/lib/domain/errors";

const READ_AT_ONCE = 500;
/** More items than this do not go into one JSON document. */
const MAX_JSON = 20_000;

/** Which page of a list is read: at most so many rows, behind the cursor. */
export interface AskedPage {
  limit: number;
  cursor: string | undefined;
}
type ReadPage<Page> = (page: AskedPage) => Promise<Page>;

/** All that a list holds, page by page, as the API shows it. Errors: those of `read`. */
export async function* everyPage<Row, Item>(
  read: ReadPage<{ rows: readonly Row[]; nextCursor: string | null }>,
  itemOf: (row: Row) => Item,
): AsyncGenerator<Item[]> {
  for (let cursor: string | undefined; ; ) {
    const { rows, nextCursor } = await read({ limit: READ_AT_ONCE, cursor });
    yield rows.map(itemOf);
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

/** All that a list holds, for one JSON document; `what` names its items. Errors: invalid-input for more than 20,000; those of `read`. */
export async function itemsForJson<Row, Item>(
  what: string,
  read: ReadPage<{ rows: readonly Row[]; nextCursor: string | null; total: number }>,
  itemOf: (row: Row) => Item,
): Promise<Item[]> {
  const counted: typeof read = async (asked) => {
    const page = await read(asked);
    if (page.total > MAX_JSON)
      throw new AppError(
        "invalid-input",
        `${page.total} ${what} are too many for one JSON document; narrow the filter, or take CSV.`,
      );
    return page;
  };
  const items: Item[] = [];
  for await (const page of everyPage(counted, itemOf)) items.push(...page);
  return items;
}
