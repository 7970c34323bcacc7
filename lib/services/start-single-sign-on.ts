import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { redirectUriOf } from "@/lib/auth/single-sign-on";
import type { signOnStart } from "@/lib/contracts/single-sign-on";
import { saveSignOnFlow } from "@/lib/db/sign-on-store";
import { AppError } from "@/lib/domain/errors";
import { safeReturnPath } from "@/lib/domain/return-path";
import type { WebCtx } from "@/lib/services/ctx";
import { limitAttempts } from "@/lib/services/sign-in-limits";
import { flowCookie, flowIdOf } from "@/lib/services/sign-on-cookie";

/** How long somebody may take at the provider. */
const FLOW_SECONDS = 600;

/**
 * Begins to sign in at the provider: what only the server may know is kept here, under a cookie that only this browser has, so that nobody can make
 * another's browser finish a sign-in of his own. Errors: not-found where none is configured, unavailable where the issuer does not answer, rate-limited.
 */
export async function startSingleSignOn({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof signOnStart>;
}): Promise<{ location: string; cookies: readonly string[] }> {
  const provider = await ctx.auth.singleSignOn();
  if (!provider) throw new AppError("not-found", "Single sign-on is not set up here.");
  await limitAttempts(ctx, null);
  const { location, flow } = await provider.begin(redirectUriOf(ctx.request));
  const token = randomBytes(32).toString("base64url");
  const now = ctx.wall.now();
  await saveSignOnFlow(
    ctx.db,
    flowIdOf(token),
    { ...flow, returnTo: safeReturnPath(input.next) },
    { now, expiresAt: new Date(now.getTime() + FLOW_SECONDS * 1000) },
  );
  return { location, cookies: [flowCookie(ctx.request, token, FLOW_SECONDS)] };
}
