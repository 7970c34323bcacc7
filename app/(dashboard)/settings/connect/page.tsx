import { HydrationBoundary } from "@tanstack/react-query";
import { accountKeys } from "@/lib/queries/accounts.keys";
import { readAccounts } from "@/lib/services/read/read-accounts";
import { prefetch, reading } from "../../_server/prefetch";
import { ConnectView } from "./_components/connect-view";

export const metadata = { title: "Connect accounts" };

export default async function ConnectPage() {
  const state = await prefetch([reading("accounts", accountKeys.list(), (ctx) => readAccounts({ ctx }))]);
  return (
    <HydrationBoundary state={state}>
      <ConnectView />
    </HydrationBoundary>
  );
}
