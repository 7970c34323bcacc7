import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportPlanCsv } from "@/lib/services/read/export-plan";

export const GET = route("planCsv", getCtx, ({ ctx, params }) =>
  exportPlanCsv({ ctx, input: { id: params.id ?? "" } }),
);
