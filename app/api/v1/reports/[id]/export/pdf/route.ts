import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportReport } from "@/lib/services/read/export-report";

export const GET = route("reportPdf", getCtx, ({ ctx, params, query }) =>
  exportReport({ ctx, input: { id: params.id ?? "", format: "pdf", choice: query } }),
);
