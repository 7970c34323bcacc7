import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBrokerChanges } from "@/lib/services/read/read-broker-changes";

export const GET = route("brokerChanges", getCtx, ({ ctx, params, query }) =>
  readBrokerChanges({ ctx, input: { id: params.id ?? "", ...query } }),
);
