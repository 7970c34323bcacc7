import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { signInAsDemoRole } from "@/lib/services/sign-in-as-demo-role";

export const POST = route("demoSignIn", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await signInAsDemoRole({ ctx, input: body })),
);
