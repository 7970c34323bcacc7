import { getCtx } from "@/lib/context";
import { giveCookies, route } from "@/lib/http/route";
import { readSession } from "@/lib/services/read/read-session";
import { signIn } from "@/lib/services/sign-in";
import { signOut } from "@/lib/services/sign-out";

export const GET = route("session", getCtx, ({ ctx }) => readSession({ ctx }));
export const POST = route("signIn", getCtx, async ({ ctx, body, reply }) =>
  giveCookies(reply, await signIn({ ctx, input: body })),
);
export const DELETE = route("signOut", getCtx, async ({ ctx, reply }) => {
  giveCookies(reply, await signOut({ ctx }));
  return { signedOut: true };
});
