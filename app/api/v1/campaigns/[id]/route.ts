import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readCampaign } from "@/lib/services/read/read-campaign";

export const GET = route("campaign", getCtx, ({ ctx, params }) =>
  readCampaign({ ctx, input: { id: params.id ?? "" } }),
);
