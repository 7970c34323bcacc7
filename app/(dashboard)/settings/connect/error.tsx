"use client";

import { ErrorState } from "@/components/states/error-state";

export default function ConnectError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="Connecting an account" onRetry={retry} />;
}
