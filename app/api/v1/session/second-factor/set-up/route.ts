import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { setUpSecondFactor } from "@/lib/services/change-second-factor";

export const POST = route("setUpSecondFactor", getCtx, ({ ctx, body }) => setUpSecondFactor({ ctx, input: body }));
