import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportPlanMarkdown } from "@/lib/services/read/export-plan";

export const GET = route("planMarkdown", getCtx, ({ ctx, params }) =>
  exportPlanMarkdown({ ctx, input: { id: params.id ?? "" } }),
);
