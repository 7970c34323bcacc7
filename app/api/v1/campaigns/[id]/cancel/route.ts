import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { cancelCampaign } from "@/lib/services/cancel-campaign";

export const POST = route("cancelCampaign", getCtx, ({ ctx, params, body }) =>
  cancelCampaign({ ctx, input: { id: params.id ?? "", cancellation: body } }),
);
