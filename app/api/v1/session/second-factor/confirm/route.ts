import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { confirmSecondFactor } from "@/lib/services/change-second-factor";

export const POST = route("confirmSecondFactor", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await confirmSecondFactor({ ctx, input: body })),
);
