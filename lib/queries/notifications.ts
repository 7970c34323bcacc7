import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  acknowledgementInput,
  channelInput,
  channelPatch,
  OutboxQuery,
  ruleInput,
  testMessageInput,
} from "@/lib/contracts/notifications";
import { fetchApi } from "@/lib/queries/fetch-api";
import { notificationKeys, outboxSearch } from "@/lib/queries/notifications.keys";

/** Channels, rules, whom they reach, and the state of the outbox. */
export const notificationsQuery = () =>
  queryOptions({ queryKey: notificationKeys.setup(), queryFn: ({ signal }) => fetchApi("notifications", { signal }) });

/** A page of the outbox; the one before stays while the next is read. */
export const outboxQueryOptions = (query: OutboxQuery) =>
  queryOptions({
    queryKey: notificationKeys.outbox(outboxSearch(query)),
    queryFn: ({ signal }) => fetchApi("outbox", { search: outboxSearch(query), signal }),
    placeholderData: keepPreviousData,
  });

/** What an acknowledge link would do. */
export const acknowledgementQuery = (token: string) =>
  queryOptions({
    queryKey: notificationKeys.acknowledgement(token),
    queryFn: ({ signal }) => fetchApi("acknowledgement", { params: { token }, signal }),
    retry: false,
  });

const readAgain = (client: QueryClient) => () => client.invalidateQueries({ queryKey: notificationKeys.all });

export const createChannelMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof channelInput>) => fetchApi("createChannel", { body }),
    onSuccess: readAgain(client),
  });

export const changeChannelMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, ...body }: { id: number } & z.input<typeof channelPatch>) =>
      fetchApi("changeChannel", { params: { id: String(id) }, body }),
    onSuccess: readAgain(client),
  });

export const removeChannelMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: number) => fetchApi("removeChannel", { params: { id: String(id) } }),
    onSuccess: readAgain(client),
  });

export const testChannelMutation = () =>
  mutationOptions({
    mutationFn: ({ id, ...body }: { id: number } & z.input<typeof testMessageInput>) =>
      fetchApi("testChannel", { params: { id: String(id) }, body }),
  });

/** Adds a routing rule, or changes the one of the id. */
export const saveNotificationRuleMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, rule }: { id: number | null; rule: z.input<typeof ruleInput> }) =>
      id === null
        ? fetchApi("createNotificationRule", { body: rule })
        : fetchApi("changeNotificationRule", { params: { id: String(id) }, body: rule }),
    onSuccess: readAgain(client),
  });

export const removeNotificationRuleMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: number) => fetchApi("removeNotificationRule", { params: { id: String(id) } }),
    onSuccess: readAgain(client),
  });

export const resendMessageMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => fetchApi("resendMessage", { params: { id } }),
    onSuccess: readAgain(client),
  });

/** Acknowledges by a link; works once. */
export const acknowledgeByLinkMutation = (client: QueryClient, token: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof acknowledgementInput>) =>
      fetchApi("acknowledgeByLink", { params: { token }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: notificationKeys.acknowledgement(token) }),
  });
