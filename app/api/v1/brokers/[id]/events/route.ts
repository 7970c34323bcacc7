import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBrokerEvents } from "@/lib/services/read/read-broker-events";

export const GET = route("brokerEvents", getCtx, ({ ctx, params }) =>
  readBrokerEvents({ ctx, input: { id: params.id ?? "" } }),
);
