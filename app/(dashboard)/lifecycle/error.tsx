"use client";

import { ErrorState } from "@/components/states/error-state";

export default function LifecycleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The lifecycle page" onRetry={retry} />;
}
