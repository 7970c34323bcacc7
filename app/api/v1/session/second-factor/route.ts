import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { finishSignIn } from "@/lib/services/finish-sign-in";
import { readSecondFactor } from "@/lib/services/read/read-second-factor";

export const GET = route("secondFactor", getCtx, ({ ctx }) => readSecondFactor({ ctx }));
export const POST = route("finishSignIn", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await finishSignIn({ ctx, input: body })),
);
