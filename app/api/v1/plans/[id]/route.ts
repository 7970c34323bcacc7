import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { editPlan } from "@/lib/services/edit-plan";
import { readPlan } from "@/lib/services/read/read-plan";

export const GET = route("plan", getCtx, ({ ctx, params }) => readPlan({ ctx, input: { id: params.id ?? "" } }));
export const PATCH = route("changePlan", getCtx, ({ ctx, params, body }) =>
  editPlan({ ctx, input: { id: params.id ?? "", change: body } }),
);
