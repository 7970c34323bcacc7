import type { PlainDate } from "@/lib/domain/plain-date";

/** The order in which a campaign goes through environments; what is unclassified counts as production and goes with it. */
export const CAMPAIGN_STAGE_IDS = ["development", "test", "staging", "production"] as const;
export type CampaignStageId = (typeof CAMPAIGN_STAGE_IDS)[number];

/** A stage of a campaign: nothing of it is planned before its first day. */
export interface CampaignStage {
  id: CampaignStageId;
  startOn: PlainDate;
}

/** The findings that a campaign was made of. */
export interface CampaignSelection {
  /** The list's query as its address has it. */
  search: string;
  /** Findings that were chosen of those that the query found; null: all of them. */
  ids: readonly number[] | null;
}

export const CAMPAIGN_VERDICTS = ["done", "on-time", "at-risk", "late"] as const;
export type CampaignVerdict = (typeof CAMPAIGN_VERDICTS)[number];
