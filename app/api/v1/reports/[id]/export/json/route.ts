import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportReport } from "@/lib/services/read/export-report";

export const GET = route("reportJson", getCtx, ({ ctx, params }) =>
  exportReport({ ctx, input: { id: params.id ?? "", format: "json" } }),
);
