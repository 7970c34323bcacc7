import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { overrideReference } from "@/lib/services/override-reference";

export const POST = route("overrideReference", getCtx, ({ ctx, body }) => overrideReference({ ctx, input: body }));
