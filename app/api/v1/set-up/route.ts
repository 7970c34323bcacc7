import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { setUp } from "@/lib/services/set-up";

export const POST = route("setUp", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await setUp({ ctx, input: body })),
);
