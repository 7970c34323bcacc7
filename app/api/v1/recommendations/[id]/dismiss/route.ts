import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { dismissRecommendation } from "@/lib/services/dismiss-recommendation";

export const POST = route("dismissRecommendation", getCtx, ({ ctx, params, body }) =>
  dismissRecommendation({ ctx, input: { id: params.id ?? "", ...body } }),
);
