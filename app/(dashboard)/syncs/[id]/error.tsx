"use client";

import { ErrorState } from "@/components/states/error-state";

export default function SyncError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This sync" onRetry={retry} />;
}
