"use client";

import { ErrorState } from "@/components/states/error-state";

export default function OverviewError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The overview" onRetry={retry} />;
}
