import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readCosts } from "@/lib/services/read/read-costs";

export const GET = route("costs", getCtx, ({ ctx, query }) => readCosts({ ctx, input: query }));
