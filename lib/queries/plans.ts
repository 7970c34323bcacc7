import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ListQuery } from "@/lib/contracts/common";
import type { PlanDetail, planInput, planStepChange, planStepInput } from "@/lib/contracts/plans";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { exportSearch, listSearch } from "@/lib/queries/list-search";
import { planKeys } from "@/lib/queries/plans.keys";

/** One page of the filtered plans; the rows before stay while the next ones are read. */
export const plansQuery = (query: ListQuery) =>
  queryOptions({
    queryKey: planKeys.list(query),
    queryFn: ({ signal }) => fetchApi("plans", { search: listSearch(query), signal }),
    placeholderData: keepPreviousData,
  });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: planKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("plan", { params: { id }, signal }),
  });

/** The active plan of a broker, if it has one. */
export const planOfBrokerQuery = (brokerId: string) =>
  queryOptions({
    queryKey: planKeys.ofBroker(brokerId),
    queryFn: ({ signal }) =>
      fetchApi("plans", {
        search: new URLSearchParams({ filter: `brokerId=${brokerId}`, limit: "1" }).toString(),
        signal,
      }),
    select: ({ items }) => items[0] ?? null,
  });

type Input = z.input<typeof planInput>;

/** The plan that would be made. */
export const planPreviewQuery = (body: Input) =>
  queryOptions({
    queryKey: planKeys.preview(JSON.stringify(body)),
    queryFn: ({ signal }) => fetchApi("previewPlan", { body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const createPlanMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: Input) => fetchApi("createPlan", { body }),
    onSuccess: () => client.invalidateQueries(),
  });

/** Adds findings to a plan that is there. */
export const linkFindingsMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, link }: { id: number; link: number[] }) =>
      fetchApi("changePlanFindings", { params: { id: String(id) }, body: { link } }),
    onSuccess: () => client.invalidateQueries(),
  });

/** A change of a plan or one of its steps. */
export type PlanAct =
  | { kind: "edit"; title: string; note: string }
  | { kind: "cancel"; reason: string }
  | { kind: "findings"; link: number[]; unlink: number[] }
  | { kind: "add-step"; step: z.input<typeof planStepInput> }
  | { kind: "change-step"; stepId: number; change: z.input<typeof planStepChange> }
  | { kind: "attest"; stepId: number; note: string }
  | { kind: "skip"; stepId: number; reason: string }
  | { kind: "reopen"; stepId: number; reason: string };

function act(id: string, change: PlanAct): Promise<PlanDetail> {
  switch (change.kind) {
    case "edit":
      return fetchApi("changePlan", { params: { id }, body: { title: change.title, note: change.note } });
    case "cancel":
      return fetchApi("cancelPlan", { params: { id }, body: { reason: change.reason } });
    case "findings":
      return fetchApi("changePlanFindings", { params: { id }, body: { link: change.link, unlink: change.unlink } });
    case "add-step":
      return fetchApi("addPlanStep", { params: { id }, body: change.step });
    case "change-step":
      return fetchApi("changePlanStep", { params: { id, stepId: String(change.stepId) }, body: change.change });
    case "attest":
      return fetchApi("attestPlanStep", { params: { id, stepId: String(change.stepId) }, body: { note: change.note } });
    case "skip":
      return fetchApi("skipPlanStep", {
        params: { id, stepId: String(change.stepId) },
        body: { reason: change.reason },
      });
    case "reopen":
      return fetchApi("reopenPlanStep", {
        params: { id, stepId: String(change.stepId) },
        body: { reason: change.reason },
      });
  }
}

/** Changes a plan, shows it as the server answered, and reads again what else shows it. */
export const changePlanMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (change: PlanAct) => act(id, change),
    onSuccess: (detail: PlanDetail) => {
      client.setQueryData(planKeys.detail(id), detail);
      return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.join() !== planKeys.detail(id).join() });
    },
  });

/** Address of the CSV file with exactly the filtered plans. */
export const plansCsvPath = (query: ListQuery) => apiPath("plansCsv", { search: exportSearch(query) });
export const planCsvPath = (id: string) => apiPath("planCsv", { params: { id } });
export const planMarkdownPath = (id: string) => apiPath("planMarkdown", { params: { id } });
