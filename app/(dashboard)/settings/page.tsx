import { HydrationBoundary } from "@tanstack/react-query";
import { outboxQuery } from "@/lib/contracts/notifications";
import { accountKeys } from "@/lib/queries/accounts.keys";
import { notificationKeys, outboxSearch } from "@/lib/queries/notifications.keys";
import { personKeys } from "@/lib/queries/people.keys";
import { singleSignOnKeys } from "@/lib/queries/single-sign-on.keys";
import { readAccounts } from "@/lib/services/read/read-accounts";
import { readNotifications } from "@/lib/services/read/read-notifications";
import { readOutbox } from "@/lib/services/read/read-outbox";
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
  const { tab, page: _, ...wanted } = await searchParams;
  const outbox = tab === "outbox" ? outboxQuery.safeParse(wanted) : null;
  const state = await prefetch([
    reading("accounts", accountKeys.list(), (ctx) => readAccounts({ ctx })),
    ...(tab === "sign-on"
      ? [reading("singleSignOn", singleSignOnKeys.view(), (ctx) => readSingleSignOn({ ctx }))]
      : []),
    ...(tab === "notifications" || tab === "routing"
      ? [reading("notifications", notificationKeys.setup(), (ctx) => readNotifications({ ctx }))]
      : []),
    ...(outbox?.success
      ? [
          reading("outbox", notificationKeys.outbox(outboxSearch(outbox.data)), (ctx) =>
            readOutbox({ ctx, input: outbox.data }),
          ),
        ]
      : []),
    ...(tab === "people" ? [reading("people", personKeys.list(), (ctx) => readPeople({ ctx }))] : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <SettingsView />
    </HydrationBoundary>
  );
}
