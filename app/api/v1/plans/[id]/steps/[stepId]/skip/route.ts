import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { decidePlanStep } from "@/lib/services/decide-plan-step";

export const POST = route("skipPlanStep", getCtx, ({ ctx, params, body }) =>
  decidePlanStep({
    ctx,
    input: { id: params.id ?? "", stepId: params.stepId ?? "", decision: { kind: "skip", reason: body.reason } },
  }),
);
