import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ListQuery } from "@/lib/contracts/common";
import type {
  acknowledgeBody,
  BulkResult,
  claimFixedBody,
  decideBody,
  findingDetail,
  requestAcceptanceBody,
  withdrawRequestBody,
} from "@/lib/contracts/findings";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { findingKeys } from "@/lib/queries/findings.keys";
import { exportSearch, listSearch } from "@/lib/queries/list-search";

/** One page of the filtered findings; the rows before stay while the next ones are read. */
export const findingsQuery = (query: ListQuery) =>
  queryOptions({
    queryKey: findingKeys.list(query),
    queryFn: ({ signal }) => fetchApi("findings", { search: listSearch(query), signal }),
    placeholderData: keepPreviousData,
  });

export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: findingKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("finding", { params: { id }, signal }),
  });

/** Address of the CSV file with exactly the filtered findings. */
export const findingsCsvPath = (query: ListQuery) => apiPath("findingsCsv", { search: exportSearch(query) });

export const findingsJsonPath = (query: ListQuery) => apiPath("findingsJson", { search: exportSearch(query) });

/** An act of a person, with the body of its endpoint. */
export type FindingAct =
  | { endpoint: "acknowledge"; body: z.input<typeof acknowledgeBody> }
  | { endpoint: "claim-fixed"; body: z.input<typeof claimFixedBody> }
  | { endpoint: "request-acceptance"; body: z.input<typeof requestAcceptanceBody> }
  | { endpoint: "withdraw-request"; body: z.input<typeof withdrawRequestBody> }
  | { endpoint: "decide"; body: z.input<typeof decideBody> };

type Detail = z.output<typeof findingDetail>;

function actOn(id: string, { endpoint, body }: FindingAct): Promise<Detail> {
  const request = { params: { id }, body };
  switch (endpoint) {
    case "acknowledge":
      return fetchApi("acknowledgeFinding", request);
    case "claim-fixed":
      return fetchApi("claimFindingFixed", request);
    case "request-acceptance":
      return fetchApi("requestAcceptance", request);
    case "withdraw-request":
      return fetchApi("withdrawRequest", request);
    case "decide":
      return fetchApi("decideFinding", request);
  }
}

/** Shows the finding as the server answered, and reads again what else shows it. */
function showing(client: QueryClient, id: string) {
  return (detail: Detail) => {
    client.setQueryData(findingKeys.detail(id), detail);
    return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.join() !== findingKeys.detail(id).join() });
  };
}

export const actOnFindingMutation = (client: QueryClient, id: string) =>
  mutationOptions({ mutationFn: (act: FindingAct) => actOn(id, act), onSuccess: showing(client, id) });

export const commentMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (text: string) => fetchApi("commentOnFinding", { params: { id }, body: { text } }),
    onSuccess: showing(client, id),
  });

export const confirmReplacementMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (body: { brokerId: string; note: string }) => fetchApi("confirmReplacement", { params: { id }, body }),
    onSuccess: showing(client, id),
  });

export const withdrawReplacementMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: () => fetchApi("withdrawReplacement", { params: { id } }),
    onSuccess: showing(client, id),
  });

export interface BulkAct {
  act: FindingAct;
  /** Only these of the filtered findings. */
  ids?: number[];
  preview: boolean;
  expected?: number;
}

function actOnMany(query: ListQuery, { act, ...rest }: BulkAct): Promise<BulkResult> {
  const search = exportSearch(query);
  switch (act.endpoint) {
    case "acknowledge":
      return fetchApi("acknowledgeFindings", { search, body: { ...rest, act: act.body } });
    case "claim-fixed":
      return fetchApi("claimFindingsFixed", { search, body: { ...rest, act: act.body } });
    case "request-acceptance":
      return fetchApi("requestAcceptances", { search, body: { ...rest, act: act.body } });
    case "decide":
      return fetchApi("decideFindings", { search, body: { ...rest, act: act.body } });
    case "withdraw-request":
      return Promise.reject(new Error("requests are taken back one by one"));
  }
}

/** One act on all filtered findings, or those selected; as a preview it changes nothing. */
export const actOnFindingsMutation = (client: QueryClient, query: ListQuery) =>
  mutationOptions({
    mutationFn: (act: BulkAct) => actOnMany(query, act),
    onSuccess: (result: BulkResult) => (result.done ? client.invalidateQueries() : undefined),
  });
