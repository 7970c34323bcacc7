"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useNotifications } from "@/components/shell/notifications";
import { ApiError } from "@/lib/queries/fetch-api";
import { startSyncMutation } from "@/lib/queries/syncs";

/** Starts a sync (or joins the one that runs) and goes to its page, where it can be watched. */
export function useStartSync() {
  const router = useRouter();
  const { notify } = useNotifications();
  const mutation = useMutation(startSyncMutation(useQueryClient()));
  const start = () =>
    mutation.mutate(undefined, {
      onSuccess: ({ id, joined }) => {
        if (joined)
          notify({
            type: "info",
            header: "A sync is running already",
            content: "You are watching it; no second one was started.",
          });
        router.push(`/syncs/${id}`);
      },
      onError: (error) =>
        notify({
          type: "error",
          header: "The sync could not be started",
          content:
            error instanceof ApiError
              ? `${error.message}${error.requestId ? ` (request id ${error.requestId})` : ""}`
              : error.message,
        }),
    });
  return { start, starting: mutation.isPending };
}
