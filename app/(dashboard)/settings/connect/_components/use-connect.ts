"use client";

import type { QueryClient } from "@tanstack/react-query";
import { useMutation } from "@tanstack/react-query";
import { connectAccountMutation, updateAccountMutation } from "@/lib/queries/accounts";
import { startSyncMutation } from "@/lib/queries/syncs";
import type { AccountInputDraft } from "./connect-draft";

/** Connects the accounts one after the other (those connected already are changed), then starts a sync. Stops at the first failure. */
export function useConnect(client: QueryClient, onStarted: (syncId: number) => void) {
  const create = useMutation(connectAccountMutation(client));
  const update = useMutation(updateAccountMutation(client));
  const start = useMutation(startSyncMutation(client));
  const all = useMutation({
    mutationFn: async ({
      inputs,
      connected,
    }: {
      inputs: readonly AccountInputDraft[];
      connected: ReadonlySet<string>;
    }) => {
      for (const input of inputs) {
        const { accountId, ...patch } = input;
        if (connected.has(accountId)) await update.mutateAsync({ id: accountId, patch: { ...patch, enabled: true } });
        else await create.mutateAsync(input);
      }
      return start.mutateAsync();
    },
    onSuccess: ({ id }) => onStarted(id),
  });
  return {
    connect: (inputs: readonly AccountInputDraft[], connected: ReadonlySet<string>) =>
      all.mutate({ inputs, connected }),
    connecting: all.isPending,
    error: all.error,
  };
}
