"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type ListQuery, listQuery } from "@/lib/contracts/common";
import { listSearch, searchRecord } from "@/lib/queries/list-search";
import { type ListView, listViewSearch, parseListView } from "./list-view";

export interface ListUrl {
  query: ListQuery;
  view: ListView;
  /** Why the address could not be read; the query is the default one then. */
  invalid: string | null;
  /** Changes filter, order or page size: starts again at the first page. */
  setQuery(change: Partial<ListQuery>): void;
  setView(change: Partial<ListView>, query?: Partial<ListQuery>): void;
  goTo(page: number, cursor: string | undefined): void;
  clear(): void;
}

/** Filter, order, page and columns of a list live in the address, so that it can be shared and gone back from. */
export function useListUrl(): ListUrl {
  const pathname = usePathname();
  const searchParams = useSearchParams();
  return useMemo(() => {
    const search = new URLSearchParams(searchParams);
    const parsed = listQuery.safeParse(searchRecord(search));
    const query = parsed.success ? parsed.data : listQuery.parse({});
    const view = parseListView(search);

    // The list reads by itself; the server need not build the page again (Next hands history changes on to useSearchParams).
    const write = (nextQuery: ListQuery, nextView: ListView) => {
      const next = new URLSearchParams(listSearch(nextQuery));
      for (const [key, value] of listViewSearch(nextView)) next.set(key, value);
      const text = next.toString();
      window.history.pushState(null, "", text ? `${pathname}?${text}` : pathname);
    };
    return {
      query,
      view,
      invalid: parsed.success ? null : (parsed.error.issues[0]?.message ?? "not a filter"),
      setQuery: (change) => write({ ...query, ...change, cursor: undefined }, { ...view, page: 1 }),
      setView: (change, queryChange) =>
        queryChange
          ? write({ ...query, ...queryChange, cursor: undefined }, { ...view, ...change, page: 1 })
          : write(query, { ...view, ...change }),
      goTo: (page, cursor) => write({ ...query, cursor }, { ...view, page }),
      clear: () =>
        write(listQuery.parse({ limit: query.limit, sort: query.sort, order: query.order }), { ...view, page: 1 }),
    };
  }, [pathname, searchParams]);
}
