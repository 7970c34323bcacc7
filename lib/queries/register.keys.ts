export const registerKeys = {
  all: ["register"] as const,
  brokers: (text: string) => ["register", "brokers", text] as const,
};
