import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportPlans } from "@/lib/services/read/export-plan";

export const GET = route("plansCsv", getCtx, ({ ctx, query }) => exportPlans({ ctx, input: query }));
