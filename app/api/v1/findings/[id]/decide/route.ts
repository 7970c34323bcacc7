import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { actOnFinding } from "@/lib/services/act-on-finding";
import { decideAct } from "@/lib/services/human-act-of";

export const POST = route("decideFinding", getCtx, ({ ctx, params, body }) =>
  actOnFinding({ ctx, input: { id: params.id ?? "", act: decideAct(body) } }),
);
