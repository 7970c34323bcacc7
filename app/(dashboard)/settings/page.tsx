import { HydrationBoundary } from "@tanstack/react-query";
import { accountKeys } from "@/lib/queries/accounts.keys";
import { readAccounts } from "@/lib/services/read/read-accounts";
import { prefetch, reading } from "../_server/prefetch";
import { SettingsView } from "./_components/settings-view";

export const metadata = { title: "Settings" };

/** The settings themselves come with the layout, which needs them too. */
export default async function SettingsPage() {
  const state = await prefetch([reading("accounts", accountKeys.list(), (ctx) => readAccounts({ ctx }))]);
  return (
    <HydrationBoundary state={state}>
      <SettingsView />
    </HydrationBoundary>
  );
}
