import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { addPlanStep } from "@/lib/services/add-plan-step";

export const POST = route("addPlanStep", getCtx, ({ ctx, params, body }) =>
  addPlanStep({ ctx, input: { id: params.id ?? "", step: body } }),
);
