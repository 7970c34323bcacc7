import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { actOnFilteredFindings } from "@/lib/services/act-on-filtered-findings";

export const POST = route("claimFindingsFixed", getCtx, ({ ctx, query, body }) =>
  actOnFilteredFindings({ ctx, input: { ...body, query, act: { kind: "claim-fixed", ...body.act } } }),
);
