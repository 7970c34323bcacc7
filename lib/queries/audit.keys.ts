import type { AuditQuery } from "@/lib/contracts/audit";

export const auditKeys = {
  list: (query: AuditQuery) => ["audit", query] as const,
  seals: () => ["audit", "seals"] as const,
};

/** The query string of an audit query, without what is at its default. */
export function auditSearch(query: Partial<AuditQuery>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== "" && !(key === "limit" && value === 50)) search.set(key, String(value));
  }
  return search.toString();
}
