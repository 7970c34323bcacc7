import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readReadiness } from "@/lib/services/read/read-readiness";

export const GET = route("ready", getCtx, ({ ctx }) => readReadiness({ ctx }));
