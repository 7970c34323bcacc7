import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBroker } from "@/lib/services/read/read-broker";

export const GET = route("broker", getCtx, ({ ctx, params }) => readBroker({ ctx, input: { id: params.id ?? "" } }));
