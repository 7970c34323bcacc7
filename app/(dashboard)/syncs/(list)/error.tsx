"use client";

import { ErrorState } from "@/components/states/error-state";

export default function SyncsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The list of syncs" onRetry={retry} />;
}
