import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportReport } from "@/lib/services/read/export-report";

export const GET = route("reportXlsx", getCtx, ({ ctx, params }) =>
  exportReport({ ctx, input: { id: params.id ?? "", format: "xlsx" } }),
);
