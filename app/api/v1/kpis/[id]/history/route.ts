import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readKpiHistory } from "@/lib/services/read/read-kpi-history";

export const GET = route("kpiHistory", getCtx, ({ ctx, params, query }) =>
  readKpiHistory({ ctx, input: { id: params.id ?? "", ...query } }),
);
