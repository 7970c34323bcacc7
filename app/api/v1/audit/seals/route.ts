import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readAuditSeals } from "@/lib/services/read/read-audit-seals";

export const GET = route("auditSeals", getCtx, ({ ctx }) => readAuditSeals({ ctx }));
