export const accountKeys = {
  all: ["accounts"] as const,
  list: () => ["accounts", "list"] as const,
  policy: () => ["accounts", "policy"] as const,
  discovered: () => ["accounts", "discovered"] as const,
};
