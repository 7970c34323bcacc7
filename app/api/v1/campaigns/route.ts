import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { createCampaign } from "@/lib/services/create-campaign";
import { readCampaigns } from "@/lib/services/read/read-campaign";

export const GET = route("campaigns", getCtx, ({ ctx }) => readCampaigns({ ctx }));
export const POST = route("createCampaign", getCtx, ({ ctx, query, body, request }) =>
  createCampaign({ ctx, input: { query, search: new URL(request.url).searchParams.toString(), campaign: body } }),
);
