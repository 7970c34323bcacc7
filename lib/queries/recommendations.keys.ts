import type { ListQuery } from "@/lib/contracts/common";
import { listSearch } from "@/lib/queries/list-search";

export const recommendationKeys = {
  all: ["recommendations"] as const,
  list: (query: ListQuery) => ["recommendations", "list", listSearch(query)] as const,
  ofBroker: (brokerId: string) => ["recommendations", "broker", brokerId] as const,
};
