import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { startSingleSignOn } from "@/lib/services/start-single-sign-on";

export const POST = route("startSingleSignOn", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await startSingleSignOn({ ctx, input: body })),
);
