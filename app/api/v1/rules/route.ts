import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readRules } from "@/lib/services/read/read-rules";

export const GET = route("rules", getCtx, ({ ctx }) => readRules({ ctx }));
