import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { assignOwner } from "@/lib/services/assign-owner";

export const POST = route("assignOwner", getCtx, ({ ctx, body }) => assignOwner({ ctx, input: body }));
