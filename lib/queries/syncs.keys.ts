export interface SyncListInput {
  limit: number;
  cursor?: string;
  status?: string;
}

export const syncKeys = {
  all: ["syncs"] as const,
  list: (input: SyncListInput) => ["syncs", "list", syncSearch(input)] as const,
  detail: (id: string) => ["syncs", "detail", id] as const,
};

/** Query string of the list, in one canonical order. */
export function syncSearch(input: SyncListInput): string {
  const search = new URLSearchParams({ limit: String(input.limit) });
  if (input.cursor) search.set("cursor", input.cursor);
  if (input.status) search.set("status", input.status);
  return search.toString();
}

/** The newest sync alone: what the top bar shows. */
export const LATEST_SYNC: SyncListInput = { limit: 1 };
