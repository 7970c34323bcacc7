import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readRule } from "@/lib/services/read/read-rules";

export const GET = route("rule", getCtx, ({ ctx, params }) => readRule({ ctx, input: { id: params.id ?? "" } }));
