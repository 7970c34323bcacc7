"use client";

import { ErrorState } from "@/components/states/error-state";

export default function ReportError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This report" onRetry={retry} />;
}
