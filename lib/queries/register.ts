import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  applicationInput,
  attestationInput,
  candidateReviewInput,
  drillInput,
  incidentInput,
} from "@/lib/contracts/register";
import { fetchApi } from "@/lib/queries/fetch-api";
import { registerKeys } from "@/lib/queries/register.keys";

/** Brokers offered at a time. */
const OFFERED = 50;

/** The whole register. */
export const registerQuery = () =>
  queryOptions({ queryKey: registerKeys.all, queryFn: ({ signal }) => fetchApi("register", { signal }) });

/** Brokers to choose from, by a part of their name. */
export const brokerChoiceQuery = (text: string) =>
  queryOptions({
    queryKey: registerKeys.brokers(text),
    queryFn: ({ signal }) =>
      fetchApi("brokers", {
        search: new URLSearchParams({ limit: String(OFFERED), ...(text ? { q: text } : {}) }).toString(),
        signal,
      }),
    placeholderData: keepPreviousData,
  });

/** Everything that rests on the register is read again. */
const afterwards = (client: QueryClient) => ({ onSuccess: () => client.invalidateQueries() });

export const saveIncidentMutation = (client: QueryClient, id: number | null) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof incidentInput>) =>
      id === null
        ? fetchApi("recordIncident", { body })
        : fetchApi("changeIncident", { params: { id: String(id) }, body }),
    ...afterwards(client),
  });

export const saveDrillMutation = (client: QueryClient, id: number | null) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof drillInput>) =>
      id === null ? fetchApi("recordDrill", { body }) : fetchApi("changeDrill", { params: { id: String(id) }, body }),
    ...afterwards(client),
  });

export const saveApplicationMutation = (client: QueryClient, id: number | null) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof applicationInput>) =>
      id === null
        ? fetchApi("recordApplication", { body })
        : fetchApi("changeApplication", { params: { id: String(id) }, body }),
    ...afterwards(client),
  });

export type RegisterKind = "incident" | "drill" | "application";
const REMOVALS = { incident: "removeIncident", drill: "removeDrill", application: "removeApplication" } as const;

export const removeEntryMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ kind, id }: { kind: RegisterKind; id: number }) =>
      fetchApi(REMOVALS[kind], { params: { id: String(id) } }),
    ...afterwards(client),
  });

export const reviewCandidateMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof candidateReviewInput>) => fetchApi("reviewCandidate", { params: { id }, body }),
    ...afterwards(client),
  });

export const attestRegisterMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof attestationInput>) => fetchApi("attestRegister", { body }),
    ...afterwards(client),
  });
