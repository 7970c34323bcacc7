import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readFindings } from "@/lib/services/read/read-findings";

export const GET = route("findings", getCtx, ({ ctx, query }) => readFindings({ ctx, input: query }));
