import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readReport } from "@/lib/services/read/read-reports";

export const GET = route("report", getCtx, ({ ctx, params }) => readReport({ ctx, input: { id: params.id ?? "" } }));
