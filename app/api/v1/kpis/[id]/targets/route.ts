import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readKpiTargets } from "@/lib/services/read/kpi-targets";
import { setKpiTarget } from "@/lib/services/set-kpi-target";

export const GET = route("kpiTargets", getCtx, ({ ctx, params }) =>
  readKpiTargets({ ctx, input: { id: params.id ?? "" } }),
);
export const POST = route("setKpiTarget", getCtx, ({ ctx, params, body }) =>
  setKpiTarget({ ctx, input: { id: params.id ?? "", ...body } }),
);
