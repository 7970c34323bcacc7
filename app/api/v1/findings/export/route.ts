import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportFindings } from "@/lib/services/read/read-findings";

export const GET = route("findingsCsv", getCtx, ({ ctx, query }) => exportFindings({ ctx, input: query }));
