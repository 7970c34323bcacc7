import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { actOnFilteredFindings } from "@/lib/services/act-on-filtered-findings";
import { acknowledgeAct } from "@/lib/services/human-act-of";

export const POST = route("acknowledgeFindings", getCtx, ({ ctx, query, body }) =>
  actOnFilteredFindings({ ctx, input: { ...body, query, act: acknowledgeAct(body.act) } }),
);
