import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { cancelPlan } from "@/lib/services/cancel-plan";

export const POST = route("cancelPlan", getCtx, ({ ctx, params, body }) =>
  cancelPlan({ ctx, input: { id: params.id ?? "", reason: body.reason } }),
);
