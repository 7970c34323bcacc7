import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { issueReport } from "@/lib/services/issue-report";
import { readReports } from "@/lib/services/read/read-reports";

export const GET = route("reports", getCtx, ({ ctx, query }) => readReports({ ctx, input: query }));
export const POST = route("issueReport", getCtx, ({ ctx, body }) => issueReport({ ctx, input: body }));
