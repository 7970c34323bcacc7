import type { CutQuery } from "@/lib/contracts/common";
import { cutSearch } from "@/lib/queries/list-search";

export const lifecycleKeys = {
  all: ["lifecycle"] as const,
  view: (cut: CutQuery) => ["lifecycle", "view", cutSearch(cut)] as const,
};
