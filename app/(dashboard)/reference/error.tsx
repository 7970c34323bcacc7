"use client";

import { ErrorState } from "@/components/states/error-state";

export default function ReferencePageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The reference data" onRetry={retry} />;
}
