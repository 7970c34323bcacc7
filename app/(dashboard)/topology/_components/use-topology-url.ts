"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type TopologyQuery, topologyQuery } from "@/lib/contracts/topology";
import { searchRecord } from "@/lib/queries/list-search";
import { topologySearch } from "@/lib/queries/topology.keys";

export const TABS = ["map", "networks", "brokers", "connectors", "alone"] as const;
export type Tab = (typeof TABS)[number];

interface View {
  tab: Tab;
  /** What is selected on the map: the id of a broker, an external peer or a line. */
  selected: string | null;
}

export interface TopologyUrl extends View {
  query: TopologyQuery;
  /** Why the address could not be read; all networks are shown then. */
  invalid: string | null;
  setQuery(change: Partial<TopologyQuery>, view?: Partial<View>): void;
  setView(change: Partial<View>): void;
  clear(): void;
}

/** Filter, network, tab and selection live in the address, so that what is seen can be shared. */
export function useTopologyUrl(): TopologyUrl {
  const pathname = usePathname();
  const search = useSearchParams();
  return useMemo(() => {
    const parsed = topologyQuery.safeParse(searchRecord(new URLSearchParams(search)));
    const query = parsed.success ? parsed.data : {};
    const view: View = {
      tab: TABS.find((tab) => tab === search.get("tab")) ?? "map",
      selected: search.get("selected"),
    };
    const address = (nextQuery: TopologyQuery, { tab, selected }: View) => {
      const next = new URLSearchParams(topologySearch(nextQuery));
      if (tab !== "map") next.set("tab", tab);
      if (selected !== null) next.set("selected", selected);
      const text = next.toString();
      return text ? `${pathname}?${text}` : pathname;
    };
    return {
      query,
      invalid: parsed.success ? null : (parsed.error.issues[0]?.message ?? "not a filter"),
      ...view,
      setQuery: (change, viewChange) =>
        window.history.pushState(
          null,
          "",
          address({ ...query, ...change }, { ...view, selected: null, ...viewChange }),
        ),
      setView: (change) => window.history.replaceState(null, "", address(query, { ...view, ...change })),
      clear: () => window.history.pushState(null, "", address({}, { ...view, selected: null })),
    };
  }, [pathname, search]);
}
