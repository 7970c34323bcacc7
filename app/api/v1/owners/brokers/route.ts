import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readOwnership } from "@/lib/services/read/read-ownership";

export const GET = route("ownership", getCtx, ({ ctx, query }) => readOwnership({ ctx, input: query }));
