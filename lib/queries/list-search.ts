import { type CutQuery, formatFilterToken, type ListQuery } from "@/lib/contracts/common";

const CUTS = ["account", "region", "engine", "environment", "owner"] as const;
export const DEFAULT_LIMIT = 50;

/** The query string of a cut in one canonical order: equal cuts have equal texts. */
export function cutSearch(cut: CutQuery): string {
  const search = new URLSearchParams();
  for (const dimension of CUTS) for (const value of cut[dimension] ?? []) search.append(dimension, value);
  return search.toString();
}

/**
 * The query string of a list as the API reads it, in one canonical order and without defaults: equal questions have equal texts, on the
 * server and in the browser, so it serves as query key, as request and as link.
 */
export function listSearch(query: ListQuery): string {
  const search = new URLSearchParams(cutSearch(query));
  for (const token of query.filter ?? []) search.append("filter", formatFilterToken(token));
  if (query.match === "any") search.set("match", "any");
  if (query.q) search.set("q", query.q);
  if (query.sort) search.set("sort", query.sort);
  if (query.order) search.set("order", query.order);
  if (query.limit !== DEFAULT_LIMIT) search.set("limit", String(query.limit));
  if (query.cursor) search.set("cursor", query.cursor);
  return search.toString();
}

/** The same without the page: what an export of the whole list asks for. */
export function exportSearch(query: ListQuery): string {
  return listSearch({ ...query, cursor: undefined, limit: DEFAULT_LIMIT });
}

/** Query parameters as the contracts' schemas read them: one value as text, repeated ones as a list. */
export function searchRecord(search: URLSearchParams): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {};
  for (const key of new Set(search.keys())) {
    const all = search.getAll(key);
    record[key] = all.length === 1 && all[0] !== undefined ? all[0] : all;
  }
  return record;
}
