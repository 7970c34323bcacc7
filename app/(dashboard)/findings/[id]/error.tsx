"use client";

import { ErrorState } from "@/components/states/error-state";

export default function FindingError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This finding" onRetry={retry} />;
}
