import { redirect } from "next/navigation";
import { safeReturnPath } from "@/lib/domain/return-path";
import { readSignInOptions } from "@/lib/services/read/read-sign-in-options";
import { authCtx } from "../_server/auth-ctx";
import { SignInView } from "./sign-in-view";

export const metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next } = await searchParams;
  const returnTo = safeReturnPath(typeof next === "string" ? next : null);
  const ctx = await authCtx();
  if (ctx.actor.kind === "person") redirect(ctx.actor.mustChangePassword ? "/new-password" : returnTo);
  const { setUp, demoRoles, singleSignOn } = await readSignInOptions({ ctx });
  if (setUp) redirect("/set-up");
  return <SignInView returnTo={returnTo} demoRoles={demoRoles} singleSignOn={singleSignOn} />;
}
