import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportFindingsJson } from "@/lib/services/read/read-findings";

export const GET = route("findingsJson", getCtx, ({ ctx, query }) => exportFindingsJson({ ctx, input: query }));
