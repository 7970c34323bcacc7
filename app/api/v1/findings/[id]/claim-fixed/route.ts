import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { actOnFinding } from "@/lib/services/act-on-finding";

export const POST = route("claimFindingFixed", getCtx, ({ ctx, params, body }) =>
  actOnFinding({ ctx, input: { id: params.id ?? "", act: { kind: "claim-fixed", ...body } } }),
);
