import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { changeChannel } from "@/lib/services/change-channel";
import { removeChannel } from "@/lib/services/remove-channel";

export const PATCH = route("changeChannel", getCtx, ({ ctx, params, body }) =>
  changeChannel({ ctx, input: { id: params.id ?? "", change: body } }),
);
export const DELETE = route("removeChannel", getCtx, ({ ctx, params }) =>
  removeChannel({ ctx, input: { id: params.id ?? "" } }),
);
