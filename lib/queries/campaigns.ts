import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  CampaignDetail,
  campaignCancellation,
  campaignInput,
  campaignPreviewInput,
} from "@/lib/contracts/campaigns";
import type { ListQuery } from "@/lib/contracts/common";
import { campaignKeys } from "@/lib/queries/campaigns.keys";
import { apiPath, fetchApi } from "@/lib/queries/fetch-api";
import { exportSearch } from "@/lib/queries/list-search";

/** All campaigns, those that go on first. */
export const campaignsQuery = () =>
  queryOptions({ queryKey: campaignKeys.list(), queryFn: ({ signal }) => fetchApi("campaigns", { signal }) });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: campaignKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("campaign", { params: { id }, signal }),
  });

/** The campaign that the filtered findings would make; the one before stays while the next one is made. */
export const campaignPreviewQuery = (query: ListQuery, body: z.input<typeof campaignPreviewInput>) =>
  queryOptions({
    queryKey: campaignKeys.preview(exportSearch(query), JSON.stringify(body)),
    queryFn: ({ signal }) => fetchApi("previewCampaign", { search: exportSearch(query), body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Makes a campaign of the filtered findings, or those chosen of them. */
export const createCampaignMutation = (client: QueryClient, query: ListQuery) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof campaignInput>) =>
      fetchApi("createCampaign", { search: exportSearch(query), body }),
    onSuccess: () => client.invalidateQueries(),
  });

/** Cancels a campaign, shows it as the server answered, and reads again what else shows it. */
export const cancelCampaignMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof campaignCancellation>) => fetchApi("cancelCampaign", { params: { id }, body }),
    onSuccess: (detail: CampaignDetail) => {
      client.setQueryData(campaignKeys.detail(id), detail);
      return client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey.join() !== campaignKeys.detail(id).join(),
      });
    },
  });

export const campaignCsvPath = (id: string) => apiPath("campaignCsv", { params: { id } });
export const campaignMarkdownPath = (id: string) => apiPath("campaignMarkdown", { params: { id } });
