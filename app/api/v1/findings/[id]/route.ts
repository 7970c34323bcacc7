import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readFinding } from "@/lib/services/read/read-finding";

export const GET = route("finding", getCtx, ({ ctx, params }) => readFinding({ ctx, input: { id: params.id ?? "" } }));
