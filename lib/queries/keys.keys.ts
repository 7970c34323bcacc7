export const apiKeyKeys = { list: () => ["keys"] as const };
