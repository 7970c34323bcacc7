import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { removeAccount } from "@/lib/services/remove-account";
import { updateAccount } from "@/lib/services/update-account";

export const PATCH = route("updateAccount", getCtx, ({ ctx, params, body }) =>
  updateAccount({ ctx, input: { ...body, id: params.id ?? "" } }),
);
export const DELETE = route("removeAccount", getCtx, ({ ctx, params }) =>
  removeAccount({ ctx, input: { id: params.id ?? "" } }),
);
