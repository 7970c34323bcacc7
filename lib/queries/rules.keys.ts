export const ruleKeys = {
  all: ["rules"] as const,
  list: () => ["rules", "list"] as const,
  detail: (id: string) => ["rules", "detail", id] as const,
};
