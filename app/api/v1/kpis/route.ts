import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readKpis } from "@/lib/services/read/read-kpis";

export const GET = route("kpis", getCtx, ({ ctx, query }) => readKpis({ ctx, input: query }));
