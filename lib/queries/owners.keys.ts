export type OwnershipSection = "none" | "account-default" | "ambiguous" | "assigned";

export const ownerKeys = {
  all: ["owners"] as const,
  list: () => ["owners", "list"] as const,
  detail: (id: string) => ["owners", "detail", id] as const,
  ownership: (kind: OwnershipSection, text: string) => ["owners", "ownership", kind, text] as const,
  merges: ["owners", "merge"] as const,
  kpis: (key: string) => ["owners", "kpis", key] as const,
};
