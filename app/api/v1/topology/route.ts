import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readTopologyMap } from "@/lib/services/read/read-topology-map";

export const GET = route("topology", getCtx, ({ ctx, query }) => readTopologyMap({ ctx, input: query }));
