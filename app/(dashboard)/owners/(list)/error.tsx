"use client";

import { ErrorState } from "@/components/states/error-state";

export default function OwnersError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The owners" onRetry={retry} />;
}
