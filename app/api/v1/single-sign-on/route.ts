import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { changeSingleSignOn } from "@/lib/services/change-single-sign-on";
import { readSingleSignOn } from "@/lib/services/read/read-single-sign-on";

export const GET = route("singleSignOn", getCtx, ({ ctx }) => readSingleSignOn({ ctx }));
export const PUT = route("changeSingleSignOn", getCtx, ({ ctx, body }) => changeSingleSignOn({ ctx, input: body }));
