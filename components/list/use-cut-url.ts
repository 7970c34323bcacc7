"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type CutQuery, cutQuery } from "@/lib/contracts/common";
import { cutSearch, searchRecord } from "@/lib/queries/list-search";

export interface CutUrl {
  cut: CutQuery;
  /** Why the address could not be read; there is no cut then. */
  invalid: string | null;
  setCut(change: CutQuery): void;
  clear(): void;
}

/** The cut of a page without a list (account, region, engine, environment, owner) lives in the address. */
export function useCutUrl(): CutUrl {
  const pathname = usePathname();
  const searchParams = useSearchParams();
  return useMemo(() => {
    const parsed = cutQuery.safeParse(searchRecord(new URLSearchParams(searchParams)));
    const cut = parsed.success ? parsed.data : {};
    const write = (next: CutQuery) => {
      const text = cutSearch(next);
      window.history.pushState(null, "", text ? `${pathname}?${text}` : pathname);
    };
    return {
      cut,
      invalid: parsed.success ? null : (parsed.error.issues[0]?.message ?? "not a filter"),
      setCut: (change) => write({ ...cut, ...change }),
      clear: () => write({}),
    };
  }, [pathname, searchParams]);
}
