"use client";

import { ErrorState } from "@/components/states/error-state";

export default function BrokerError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This broker" onRetry={retry} />;
}
