export const notificationKeys = {
  all: ["notifications"] as const,
  setup: () => ["notifications", "setup"] as const,
  outbox: (search: string) => ["notifications", "outbox", search] as const,
  acknowledgement: (token: string) => ["acknowledgement", token] as const,
};

/** The outbox's query as part of an address, in one order. */
export function outboxSearch({ state, limit, cursor }: { state?: string; limit?: number; cursor?: string }): string {
  const search = new URLSearchParams();
  if (state) search.set("state", state);
  if (limit && limit !== 50) search.set("limit", String(limit));
  if (cursor) search.set("cursor", cursor);
  return search.toString();
}
