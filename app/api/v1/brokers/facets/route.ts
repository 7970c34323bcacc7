import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBrokerFacets } from "@/lib/services/read/read-brokers";

export const GET = route("brokerFacets", getCtx, ({ ctx }) => readBrokerFacets({ ctx }));
