"use client";

import { ErrorState } from "@/components/states/error-state";

export default function TopologyError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The topology" onRetry={retry} />;
}
