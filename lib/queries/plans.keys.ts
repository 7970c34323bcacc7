import type { ListQuery } from "@/lib/contracts/common";
import { listSearch } from "@/lib/queries/list-search";

export const planKeys = {
  all: ["plans"] as const,
  list: (query: ListQuery) => ["plans", "list", listSearch(query)] as const,
  detail: (id: string) => ["plans", "detail", id] as const,
  ofBroker: (brokerId: string) => ["plans", "broker", brokerId] as const,
  preview: (body: string) => ["plans", "preview", body] as const,
};
