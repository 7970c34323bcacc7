import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readKpi } from "@/lib/services/read/read-kpis";

export const GET = route("kpi", getCtx, ({ ctx, params, query }) =>
  readKpi({ ctx, input: { id: params.id ?? "", ...query } }),
);
