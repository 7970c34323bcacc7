import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readKpiBreakdown } from "@/lib/services/read/read-kpi-breakdown";

export const GET = route("kpiBreakdown", getCtx, ({ ctx, params, query }) =>
  readKpiBreakdown({ ctx, input: { id: params.id ?? "", ...query } }),
);
