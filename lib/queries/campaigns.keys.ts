export const campaignKeys = {
  all: ["campaigns"] as const,
  list: () => ["campaigns", "list"] as const,
  detail: (id: string) => ["campaigns", "detail", id] as const,
  preview: (search: string, body: string) => ["campaigns", "preview", search, body] as const,
};
