export interface SyncListInput {
  limit: number;
  cursor?: string;
  status?: string;
}

export const syncKeys = {
  all: ["syncs"] as const,
  list: (input: SyncListInput) => ["syncs", "list", syncSearch(input)] as const,
  detail: (id: string, part: SyncPart) => ["syncs", "detail", id, syncPartSearch(part)] as const,
};

/** Which outcomes of a sync are shown: everything or only problems, and the page (1 is the first). */
export interface SyncPart {
  show: "all" | "problems";
  page: number;
}

/** Outcomes on one page. */
export const OUTCOMES_PAGE = 25;

/** What a sync's page shows first, and all that its progress needs. */
export const FIRST_PART: SyncPart = { show: "all", page: 1 };

/** Query string of a part of a sync. */
export function syncPartSearch({ show, page }: SyncPart): string {
  const offset = (page - 1) * OUTCOMES_PAGE;
  return new URLSearchParams({ show, limit: String(OUTCOMES_PAGE), offset: String(offset) }).toString();
}

/** Query string of the list, in one canonical order. */
export function syncSearch(input: SyncListInput): string {
  const search = new URLSearchParams({ limit: String(input.limit) });
  if (input.cursor) search.set("cursor", input.cursor);
  if (input.status) search.set("status", input.status);
  return search.toString();
}

/** The newest sync alone: what the top bar shows. */
export const LATEST_SYNC: SyncListInput = { limit: 1 };
