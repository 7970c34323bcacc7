import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readLifecycle } from "@/lib/services/read/read-lifecycle";

export const GET = route("lifecycle", getCtx, ({ ctx, query }) => readLifecycle({ ctx, input: query }));
