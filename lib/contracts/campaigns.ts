import { z } from "zod";
import { day, decimalText, freshness, instant } from "@/lib/contracts/common";
import { CAMPAIGN_STAGE_IDS, CAMPAIGN_VERDICTS } from "@/lib/domain/campaign";

const MAX_SELECTED = 5_000;
const stageId = z.enum(CAMPAIGN_STAGE_IDS);
const text = (most: number) => z.string().trim().max(most);
const someText = (most: number, message: string) => text(most).min(1, message);

const stageStarts = z
  .array(z.object({ id: stageId, startOn: day }))
  .max(CAMPAIGN_STAGE_IDS.length)
  .default([])
  .meta({
    description:
      "First days of stages; without one a stage begins when its part of the time comes and those ahead of it have ended",
  });

const draft = {
  ids: z
    .array(z.number().int())
    .max(MAX_SELECTED)
    .optional()
    .meta({ description: "Only these of the filtered findings" }),
  stages: stageStarts,
  takePlans: z
    .boolean()
    .default(false)
    .meta({ description: "Take active plans of the brokers into the campaign, with the findings they lack" }),
};

export const campaignPreviewInput = z
  .object({ ...draft, deadline: day.optional().meta({ description: "Default: 90 days from today" }) })
  .meta({ id: "CampaignPreviewInput" });
export const campaignInput = z
  .object({
    ...draft,
    name: someText(120, "Give it a name."),
    goal: text(2000).default(""),
    deadline: day,
    expected: z
      .number()
      .int()
      .optional()
      .meta({ description: "Refuse (409) when another number of plans would belong to it than was previewed" }),
  })
  .meta({ id: "CampaignInput" });

const cost = z
  .object({
    /** Plans that change no price. */
    unchanged: z.number().int(),
    /** Plans whose prices before or after are not known. */
    unknown: z.number().int(),
    /** Why they are not: each reason once. */
    reasons: z.array(z.string()),
    /** List prices of the instances per month, over the plans that change them; one line per currency. */
    known: z.array(
      z.object({ currency: z.string(), plans: z.number().int(), before: decimalText, after: decimalText }),
    ),
  })
  .meta({ id: "CampaignCost" });
export type CampaignCost = z.infer<typeof cost>;

export const campaignPreview = z
  .object({
    /** Findings that filter and selection hold. */
    matched: z.number().int(),
    /** Those of them that the plans take on. */
    findings: z.number().int(),
    deadline: day,
    stages: z.array(
      z.object({
        id: stageId,
        title: z.string(),
        startOn: day,
        endsOn: day.nullable(),
        /** Begins before the stages ahead of it have ended. */
        overlaps: z.boolean(),
        newPlans: z.number().int(),
        takenPlans: z.number().int(),
      }),
    ),
    plannedEnd: day.nullable(),
    /** Findings that no plan takes on, by reason. */
    refused: z.array(
      z.object({
        reason: z.string(),
        count: z.number().int(),
        examples: z.array(z.object({ id: z.number().int(), summary: z.string() })),
      }),
    ),
    /** Brokers with an active plan that can be taken in. */
    withPlan: z.object({
      total: z.number().int(),
      examples: z.array(z.object({ id: z.number().int(), title: z.string(), broker: z.string() })),
    }),
    cost,
    asOf: instant,
  })
  .meta({ id: "CampaignPreview" });
export type CampaignPreview = z.infer<typeof campaignPreview>;

export const campaignCreated = z
  .object({ id: z.number().int(), plans: z.number().int() })
  .meta({ id: "CampaignCreated" });

const forecast = z.object({
  /** Day of the last step that is open, as planned. */
  plannedEnd: day.nullable(),
  /** The end at the pace so far; null where it is not knowable yet. */
  atThisPace: day.nullable(),
  unknown: z.string().nullable(),
  verdict: z.enum(CAMPAIGN_VERDICTS),
});

export const campaignItem = z
  .object({
    id: z.number().int(),
    name: z.string(),
    goal: z.string(),
    deadline: day,
    startedOn: day,
    state: z.enum(["running", "done", "cancelled"]),
    /** Plans that are not cancelled. */
    plans: z.number().int(),
    completed: z.number().int(),
    cancelledPlans: z.number().int(),
    brokers: z.number().int(),
    overdueSteps: z.number().int(),
    forecast,
    createdAt: instant,
    createdBy: z.string(),
  })
  .meta({ id: "CampaignItem" });
export type CampaignItem = z.infer<typeof campaignItem>;
export const campaignList = z
  .object({ items: z.array(campaignItem), asOf: instant, freshness })
  .meta({ id: "CampaignList" });
export type CampaignList = z.infer<typeof campaignList>;

export const campaignDetail = z
  .object({
    campaign: campaignItem,
    /** Address of the list of findings it was made of, below /findings. */
    selection: z.object({ search: z.string(), chosen: z.number().int().nullable() }),
    stages: z.array(
      z.object({
        id: stageId,
        title: z.string(),
        startOn: day,
        endsOn: day.nullable(),
        brokers: z.number().int(),
        plans: z.number().int(),
        completed: z.number().int(),
        open: z.number().int(),
        blocked: z.number().int(),
        /** Why plans are blocked. */
        reason: z.string().nullable(),
        cancelled: z.number().int(),
        overdueSteps: z.number().int(),
      }),
    ),
    cost,
    overdue: z.object({
      total: z.number().int(),
      items: z.array(
        z.object({
          planId: z.number().int(),
          broker: z.object({ id: z.string(), name: z.string() }),
          title: z.string(),
          plannedOn: day.nullable(),
          assignee: z.string().nullable(),
        }),
      ),
    }),
    cancelledAt: instant.nullable(),
    cancelledBy: z.string().nullable(),
    cancelReason: z.string().nullable(),
    events: z.array(z.object({ at: instant, actor: z.string(), kind: z.string(), note: z.string().nullable() })),
    /** Why the person who asks may not cancel it; null where he may. */
    refusal: z.string().nullable(),
    asOf: instant,
    freshness,
  })
  .meta({ id: "CampaignDetail" });
export type CampaignDetail = z.infer<typeof campaignDetail>;

export const campaignCancellation = z
  .object({
    reason: someText(1000, "Say why."),
    plans: z.enum(["keep", "cancel"]).default("keep").meta({
      description: "cancel: open plans that were made for it are cancelled as well, those that were taken in stay",
    }),
  })
  .meta({ id: "CampaignCancellation" });
