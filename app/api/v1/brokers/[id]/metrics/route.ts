import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBrokerMetrics } from "@/lib/services/read/read-broker-metrics";

export const GET = route("brokerMetrics", getCtx, ({ ctx, params, query }) =>
  readBrokerMetrics({ ctx, input: { id: params.id ?? "", ...query } }),
);
