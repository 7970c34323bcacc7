import { HydrationBoundary } from "@tanstack/react-query";
import { registerKeys } from "@/lib/queries/register.keys";
import { readRegister } from "@/lib/services/read/read-register";
import { prefetch, reading } from "../_server/prefetch";
import { RegisterPageView } from "./_components/register-page-view";

export const metadata = { title: "Register" };

export default async function RegisterPage() {
  const state = await prefetch([reading("register", registerKeys.all, (ctx) => readRegister({ ctx }))]);
  return (
    <HydrationBoundary state={state}>
      <RegisterPageView />
    </HydrationBoundary>
  );
}
