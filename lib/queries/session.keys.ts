export const sessionKeys = {
  current: () => ["session"] as const,
  secondFactor: () => ["session", "second-factor"] as const,
};
