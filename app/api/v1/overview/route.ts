import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readOverview } from "@/lib/services/read/read-overview";

export const GET = route("overview", getCtx, ({ ctx, query }) => readOverview({ ctx, input: query }));
