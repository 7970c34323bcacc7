"use client";

import { ErrorState } from "@/components/states/error-state";

export default function KpiError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This KPI" onRetry={retry} />;
}
