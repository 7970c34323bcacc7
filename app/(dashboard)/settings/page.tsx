import { HydrationBoundary } from "@tanstack/react-query";
import { accountKeys } from "@/lib/queries/accounts.keys";
import { personKeys } from "@/lib/queries/people.keys";
import { singleSignOnKeys } from "@/lib/queries/single-sign-on.keys";
import { readAccounts } from "@/lib/services/read/read-accounts";
import { readPeople } from "@/lib/services/read/read-people";
import { readSingleSignOn } from "@/lib/services/read/read-single-sign-on";
import { prefetch, reading } from "../_server/prefetch";
import { SettingsView } from "./_components/settings-view";

export const metadata = { title: "Settings" };

/** The settings themselves come with the layout, which needs them too. */
export default async function SettingsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { tab } = await searchParams;
  const state = await prefetch([
    reading("accounts", accountKeys.list(), (ctx) => readAccounts({ ctx })),
    ...(tab === "sign-on"
      ? [reading("singleSignOn", singleSignOnKeys.view(), (ctx) => readSingleSignOn({ ctx }))]
      : []),
    ...(tab === "people" ? [reading("people", personKeys.list(), (ctx) => readPeople({ ctx }))] : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <SettingsView />
    </HydrationBoundary>
  );
}
