import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBrokerCosts } from "@/lib/services/read/read-broker-costs";

export const GET = route("brokerCosts", getCtx, ({ ctx, params, query }) =>
  readBrokerCosts({ ctx, input: { id: params.id ?? "", ...query } }),
);
