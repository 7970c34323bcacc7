import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readAudit } from "@/lib/services/read/read-audit";

export const GET = route("audit", getCtx, ({ ctx, query }) => readAudit({ ctx, input: query }));
