import { redirect } from "next/navigation";
import { readSignInOptions } from "@/lib/services/read/read-sign-in-options";
import { authCtx } from "../_server/auth-ctx";
import { SetUpView } from "./set-up-view";

export const metadata = { title: "Set up" };

export default async function SetUpPage() {
  const { setUp, setUpNeedsSecret } = await readSignInOptions({ ctx: await authCtx() });
  if (!setUp) redirect("/sign-in");
  return <SetUpView needsSecret={setUpNeedsSecret} />;
}
