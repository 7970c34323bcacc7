import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { resetSecondFactor } from "@/lib/services/reset-second-factor";

export const DELETE = route("resetSecondFactor", getCtx, ({ ctx, params }) =>
  resetSecondFactor({ ctx, input: { id: params.id ?? "" } }),
);
