import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readKpiContributors } from "@/lib/services/read/read-kpi-contributors";

export const GET = route("kpiContributors", getCtx, ({ ctx, params, query }) =>
  readKpiContributors({ ctx, input: { id: params.id ?? "", ...query } }),
);
