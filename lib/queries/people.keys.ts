export const personKeys = { list: () => ["people"] as const };
