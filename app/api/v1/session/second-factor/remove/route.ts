import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { removeSecondFactor } from "@/lib/services/change-second-factor";

export const POST = route("removeSecondFactor", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await removeSecondFactor({ ctx, input: body })),
);
