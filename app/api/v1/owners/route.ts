import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { createOwner } from "@/lib/services/create-owner";
import { readOwners } from "@/lib/services/read/read-owners";

export const GET = route("owners", getCtx, ({ ctx }) => readOwners({ ctx }));
export const POST = route("createOwner", getCtx, ({ ctx, body }) => createOwner({ ctx, input: body }));
