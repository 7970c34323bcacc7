import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { mergeOwner } from "@/lib/services/merge-owner";

export const POST = route("mergeOwner", getCtx, ({ ctx, params, body }) =>
  mergeOwner({ ctx, input: { ...body, id: params.id ?? "" } }),
);
