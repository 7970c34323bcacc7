import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBrokers } from "@/lib/services/read/read-brokers";

export const GET = route("brokers", getCtx, ({ ctx, query }) => readBrokers({ ctx, input: query }));
