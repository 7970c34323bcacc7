import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readOwner } from "@/lib/services/read/read-owner";
import { updateOwner } from "@/lib/services/update-owner";

export const GET = route("owner", getCtx, ({ ctx, params }) => readOwner({ ctx, input: { id: params.id ?? "" } }));
export const PATCH = route("changeOwner", getCtx, ({ ctx, params, body }) =>
  updateOwner({ ctx, input: { ...body, id: params.id ?? "" } }),
);
