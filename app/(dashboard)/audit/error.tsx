"use client";

import { ErrorState } from "@/components/states/error-state";

export default function AuditError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The audit" onRetry={retry} />;
}
