import type { ListQuery } from "@/lib/contracts/common";
import type { PlanItem } from "@/lib/contracts/plans";
import { STAGE_TITLES } from "@/lib/remediation/campaign";
import { campaignMarkdown } from "@/lib/remediation/campaign-markdown";
import type { Ctx } from "@/lib/services/ctx";
import { allPlans, plansCsv } from "@/lib/services/read/export-plan";
import { readCampaign, requireCampaign } from "@/lib/services/read/read-campaign";

function plansOf(ctx: Ctx, id: string): AsyncGenerator<PlanItem[]> {
  const query: ListQuery = {
    filter: [{ property: "campaign", operator: "=", value: id }],
    match: "all",
    sort: "stage",
    limit: 500,
  };
  return allPlans(ctx, query);
}

/** The plans of a campaign as CSV, by stage. Errors: not-found. */
export async function exportCampaignCsv({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<Response> {
  await requireCampaign({ ctx, input });
  return plansCsv(`campaign-${input.id}.csv`, plansOf(ctx, input.id));
}

/** A campaign with its plans as a Markdown download. Errors: not-found. */
export async function exportCampaignMarkdown({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<Response> {
  const { campaign, stages, cost, asOf } = await readCampaign({ ctx, input });
  const items: PlanItem[] = [];
  for await (const page of plansOf(ctx, input.id)) items.push(...page);
  const text = campaignMarkdown({
    ...campaign,
    asOf,
    cost,
    stages,
    items: items.map((plan) => ({
      ...plan,
      broker: plan.broker.name,
      owner: plan.owner?.displayName ?? null,
      stage: plan.campaign ? STAGE_TITLES[plan.campaign.stage] : "",
    })),
  });
  return new Response(text, {
    headers: {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": `attachment; filename="campaign-${campaign.id}.md"`,
      "cache-control": "no-store",
    },
  });
}
