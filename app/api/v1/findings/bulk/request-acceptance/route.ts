import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { actOnFilteredFindings } from "@/lib/services/act-on-filtered-findings";
import { requestAct } from "@/lib/services/human-act-of";

export const POST = route("requestAcceptances", getCtx, ({ ctx, query, body }) =>
  actOnFilteredFindings({ ctx, input: { ...body, query, act: requestAct(body.act) } }),
);
