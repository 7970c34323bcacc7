import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportAudit } from "@/lib/services/read/read-audit";

export const GET = route("auditCsv", getCtx, ({ ctx, query }) => exportAudit({ ctx, input: query }));
