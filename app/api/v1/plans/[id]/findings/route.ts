import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { changePlanFindings } from "@/lib/services/change-plan-findings";

export const POST = route("changePlanFindings", getCtx, ({ ctx, params, body }) =>
  changePlanFindings({ ctx, input: { id: params.id ?? "", change: body } }),
);
