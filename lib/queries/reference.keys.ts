export const referenceKeys = {
  all: ["reference"] as const,
  calendar: () => ["reference", "calendar"] as const,
  imports: () => ["reference", "imports"] as const,
  table: (kind: string, input: { q?: string; limit: number; offset: number }) =>
    ["reference", "table", kind, input.q ?? "", input.limit, input.offset] as const,
};
