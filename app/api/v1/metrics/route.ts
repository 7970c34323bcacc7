import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { prometheusMetrics } from "@/lib/services/read/prometheus-metrics";

export const GET = route("metrics", getCtx, ({ ctx }) => prometheusMetrics({ ctx }));
