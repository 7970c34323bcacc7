import * as campaigns from "@/lib/contracts/campaigns";
import type { Endpoint } from "@/lib/contracts/endpoint";
import * as findings from "@/lib/contracts/findings";

/** Campaigns: plans for many brokers by a day. */
export const CAMPAIGNS_ENDPOINTS = {
  campaigns: {
    method: "GET",
    path: "/campaigns",
    summary: "Campaigns with progress and forecast",
    permission: "plans:read",
    response: campaigns.campaignList,
  },
  previewCampaign: {
    method: "POST",
    path: "/campaigns/preview",
    summary: "The campaign that would be made of all filtered findings, or those selected; nothing is written",
    permission: "campaigns:write",
    query: findings.findingListQuery,
    body: campaigns.campaignPreviewInput,
    response: campaigns.campaignPreview,
  },
  createCampaign: {
    method: "POST",
    path: "/campaigns",
    summary: "Make a campaign of all filtered findings, or those selected: a plan for each broker, stage by stage",
    permission: "campaigns:write",
    query: findings.findingListQuery,
    body: campaigns.campaignInput,
    response: campaigns.campaignCreated,
    status: 201,
  },
  campaign: {
    method: "GET",
    path: "/campaigns/{id}",
    summary: "One campaign: stages, forecast, cost and what is overdue; its plans are /plans?filter=campaign={id}",
    permission: "plans:read",
    response: campaigns.campaignDetail,
  },
  cancelCampaign: {
    method: "POST",
    path: "/campaigns/{id}/cancel",
    summary: "Cancel a campaign, with or without its open plans",
    permission: "campaigns:write",
    body: campaigns.campaignCancellation,
    response: campaigns.campaignDetail,
  },
  campaignCsv: {
    method: "GET",
    path: "/campaigns/{id}/export/csv",
    summary: "The plans of a campaign as CSV",
    permission: "plans:read",
    response: "text/csv",
  },
  campaignMarkdown: {
    method: "GET",
    path: "/campaigns/{id}/export/markdown",
    summary: "A campaign with its plans as a Markdown document",
    permission: "plans:read",
    response: "text/markdown",
  },
} as const satisfies Record<string, Endpoint>;
