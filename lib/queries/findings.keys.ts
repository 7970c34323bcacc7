import type { ListQuery } from "@/lib/contracts/common";
import { listSearch } from "@/lib/queries/list-search";

export const findingKeys = {
  all: ["findings"] as const,
  list: (query: ListQuery) => ["findings", "list", listSearch(query)] as const,
  detail: (id: string) => ["findings", "detail", id] as const,
};
