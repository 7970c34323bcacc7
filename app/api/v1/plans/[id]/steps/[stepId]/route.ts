import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { changePlanStep } from "@/lib/services/change-plan-step";

export const PATCH = route("changePlanStep", getCtx, ({ ctx, params, body }) =>
  changePlanStep({ ctx, input: { id: params.id ?? "", stepId: params.stepId ?? "", change: body } }),
);
