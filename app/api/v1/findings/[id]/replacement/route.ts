import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { confirmReplacement, withdrawReplacement } from "@/lib/services/confirm-replacement";

export const POST = route("confirmReplacement", getCtx, ({ ctx, params, body }) =>
  confirmReplacement({ ctx, input: { id: params.id ?? "", ...body } }),
);
export const DELETE = route("withdrawReplacement", getCtx, ({ ctx, params }) =>
  withdrawReplacement({ ctx, input: { id: params.id ?? "" } }),
);
