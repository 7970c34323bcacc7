import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { unassignOwner } from "@/lib/services/assign-owner";

export const DELETE = route("unassignOwner", getCtx, ({ ctx, params }) =>
  unassignOwner({ ctx, input: { brokerId: params.brokerId ?? "" } }),
);
