"use client";

import { ErrorState } from "@/components/states/error-state";

export default function PlansError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The list of plans" onRetry={retry} />;
}
