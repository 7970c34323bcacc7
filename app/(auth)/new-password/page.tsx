import { redirect } from "next/navigation";
import { authCtx } from "../_server/auth-ctx";
import { NewPasswordView } from "./new-password-view";

export const metadata = { title: "New password" };

export default async function NewPasswordPage() {
  const { actor } = await authCtx();
  if (actor.kind !== "person") redirect("/sign-in");
  return <NewPasswordView forced={actor.mustChangePassword} about={{ name: actor.displayName, email: actor.name }} />;
}
