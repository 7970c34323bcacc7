import { HydrationBoundary } from "@tanstack/react-query";
import { planListQuery } from "@/lib/contracts/plans";
import { campaignKeys } from "@/lib/queries/campaigns.keys";
import { planKeys } from "@/lib/queries/plans.keys";
import { readCampaign } from "@/lib/services/read/read-campaign";
import { readPlans } from "@/lib/services/read/read-plans";
import { prefetch, reading } from "../../../_server/prefetch";
import { plansOfCampaign } from "./_components/campaign-plans-query";
import { CampaignView } from "./_components/campaign-view";

export const metadata = { title: "Campaign" };

export default async function CampaignPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const id = decodeURIComponent((await params).id);
  const parsed = planListQuery.safeParse(await searchParams);
  const query = plansOfCampaign(id, parsed.success ? parsed.data : planListQuery.parse({}));
  const state = await prefetch([
    reading("campaign", campaignKeys.detail(id), (ctx) => readCampaign({ ctx, input: { id } })),
    reading("plans", planKeys.list(query), (ctx) => readPlans({ ctx, input: query })),
  ]);
  return (
    <HydrationBoundary state={state}>
      <CampaignView id={id} />
    </HydrationBoundary>
  );
}
