import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { assignmentInput, mergeInput, ownerInput, ownerPatch } from "@/lib/contracts/owners";
import { fetchApi } from "@/lib/queries/fetch-api";
import { type OwnershipSection, ownerKeys } from "@/lib/queries/owners.keys";

/** Every owner with what it answers for. */
export const ownersQuery = () =>
  queryOptions({ queryKey: ownerKeys.list(), queryFn: ({ signal }) => fetchApi("owners", { signal }) });

/** The scorecard of an owner. */
export const ownerQuery = (id: string) =>
  queryOptions({
    queryKey: ownerKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("owner", { params: { id }, signal }),
  });

/** Brokers of one kind of ownership, by a part of a name or tag. */
export const ownershipQuery = (kind: OwnershipSection, text: string) =>
  queryOptions({
    queryKey: ownerKeys.ownership(kind, text),
    queryFn: ({ signal }) =>
      fetchApi("ownership", {
        search: new URLSearchParams({ kind, ...(text ? { q: text } : {}) }).toString(),
        signal,
      }),
    placeholderData: keepPreviousData,
  });

/** The KPIs of an owner's brokers. */
export const ownerKpisQuery = (key: string) =>
  queryOptions({
    queryKey: ownerKeys.kpis(key),
    queryFn: ({ signal }) => fetchApi("kpis", { search: new URLSearchParams({ owner: key }).toString(), signal }),
  });

/** Whatever names an owner is read again, but a preview: what it would move has moved. */
const afterwards = (client: QueryClient) => ({
  onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== ownerKeys.merges[1] }),
});

export const assignOwnerMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof assignmentInput>) => fetchApi("assignOwner", { body }),
    ...afterwards(client),
  });

export const unassignOwnerMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (brokerId: string) => fetchApi("unassignOwner", { params: { brokerId } }),
    ...afterwards(client),
  });

/** Makes an owner, or changes the one of the id. */
export const saveOwnerMutation = (client: QueryClient, id: number | null) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof ownerInput> | z.input<typeof ownerPatch>) =>
      id === null ? fetchApi("createOwner", { body }) : fetchApi("changeOwner", { params: { id: String(id) }, body }),
    ...afterwards(client),
  });

/** What a merge would move. */
export const mergePreviewQuery = (id: number, from: number) =>
  queryOptions({
    queryKey: [...ownerKeys.merges, id, from] as const,
    queryFn: ({ signal }) =>
      fetchApi("mergeOwner", { params: { id: String(id) }, body: { from, preview: true }, signal }),
    gcTime: 0,
  });

export const mergeOwnerMutation = (client: QueryClient, id: number) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof mergeInput>) => fetchApi("mergeOwner", { params: { id: String(id) }, body }),
    ...afterwards(client),
  });
