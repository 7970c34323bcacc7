"use client";

import { ErrorState } from "@/components/states/error-state";

export default function KpisError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The KPIs" onRetry={retry} />;
}
