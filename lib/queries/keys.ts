import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { keyInput } from "@/lib/contracts/keys";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { apiKeyKeys } from "@/lib/queries/keys.keys";

/** Keys and tokens: one's own, or everybody's for whoever manages them. */
export const keysQuery = () =>
  queryOptions({ queryKey: apiKeyKeys.list(), queryFn: ({ signal }) => fetchApi("keys", { signal }) });

const readAgain = (client: QueryClient) => () => client.invalidateQueries({ queryKey: apiKeyKeys.list() });

export const createKeyMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof keyInput>) => fetchApi("createKey", { body }),
    onSuccess: readAgain(client),
  });

export const rotateKeyMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => fetchApi("rotateKey", { params: { id } }),
    onSuccess: readAgain(client),
  });

export const revokeKeyMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => fetchApi("revokeKey", { params: { id } }),
    onSuccess: readAgain(client),
  });

/** The address that a calendar program subscribes to; below the host. */
export const calendarAddress = (secret: string) => apiPath("lifecycleCalendar", { search: `token=${secret}` });
