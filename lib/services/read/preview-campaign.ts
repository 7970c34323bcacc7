import type { z } from "zod";
import type { CampaignPreview, campaignPreviewInput } from "@/lib/contracts/campaigns";
import type { ListQuery } from "@/lib/contracts/common";
import { STAGE_TITLES } from "@/lib/remediation/campaign";
import { campaignCost } from "@/lib/remediation/campaign-cost";
import { draftCampaign } from "@/lib/services/campaign-draft";
import type { Ctx } from "@/lib/services/ctx";

const EXAMPLES = 20;

/** The campaign that createCampaign would make; nothing is written. Errors: as draftCampaign. */
export async function previewCampaign({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { query: ListQuery; campaign: z.output<typeof campaignPreviewInput> };
}): Promise<CampaignPreview> {
  const { deadline, matched, refused, stages, withPlan } = await draftCampaign(ctx.db, ctx, {
    ...input.campaign,
    query: input.query,
  });
  const plans = stages.flatMap((stage) => stage.plans.map(({ plan }) => plan));
  return {
    matched,
    findings: plans.reduce((sum, { findings }) => sum + findings.length, 0),
    deadline,
    stages: stages.map(({ id, startOn, endsOn, overlaps, plans: own }) => ({
      id,
      title: STAGE_TITLES[id],
      startOn,
      endsOn,
      overlaps,
      newPlans: own.filter(({ plan }) => plan.taken === null).length,
      takenPlans: own.filter(({ plan }) => plan.taken !== null).length,
    })),
    plannedEnd: stages.flatMap(({ endsOn }) => endsOn ?? []).reduce<string | null>(later, null),
    refused: [...refused]
      .map(([reason, findings]) => ({ reason, count: findings.length, examples: findings.slice(0, EXAMPLES) }))
      .sort((a, b) => b.count - a.count),
    withPlan: {
      total: withPlan.length,
      examples: withPlan
        .slice(0, EXAMPLES)
        .map(({ plan, broker }) => ({ id: plan.id, title: plan.title, broker: broker.name })),
    },
    cost: campaignCost(plans.map(({ steps }) => steps)),
    asOf: ctx.clock.now().toISOString(),
  };
}

function later(a: string | null, b: string): string {
  return a === null || b > a ? b : a;
}
