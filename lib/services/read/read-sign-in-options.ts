import { isLoopbackName } from "@/lib/auth/authenticator";
import { ROLES, type Role } from "@/lib/contracts/permissions";
import { anyPerson } from "@/lib/db/person-store";
import { env } from "@/lib/env";
import type { WebCtx } from "@/lib/services/ctx";

/** What the sign-in and set-up pages offer. */
export interface SignInOptions {
  /** Nobody has an account yet: the first visitor creates the administrator. */
  setUp: boolean;
  /** Set-up asks for the configured secret, because others than this machine could be first. */
  setUpNeedsSecret: boolean;
  /** Roles to try out with one click; the demo's alone. */
  demoRoles: readonly Role[];
  /** What the button for single sign-on says; null without it. */
  singleSignOn: string | null;
}

/** Whether creating the first administrator takes the server's secret. */
export function setUpNeedsSecret(): boolean {
  return !isLoopbackName(env().host);
}

export async function readSignInOptions({ ctx }: { ctx: WebCtx }): Promise<SignInOptions> {
  const demoRoles = env().mode === "demo" ? ROLES : [];
  return {
    setUp: demoRoles.length === 0 && !(await anyPerson(ctx.db)),
    setUpNeedsSecret: setUpNeedsSecret(),
    demoRoles,
    singleSignOn: (await ctx.auth.singleSignOn())?.settings.label ?? null,
  };
}
