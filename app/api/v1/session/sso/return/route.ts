import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { finishSingleSignOn } from "@/lib/services/finish-single-sign-on";

export const POST = route("finishSingleSignOn", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await finishSingleSignOn({ ctx, input: body })),
);
