import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { previewCampaign } from "@/lib/services/read/preview-campaign";

export const POST = route("previewCampaign", getCtx, ({ ctx, query, body }) =>
  previewCampaign({ ctx, input: { query, campaign: body } }),
);
