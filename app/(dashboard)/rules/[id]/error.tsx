"use client";

import { ErrorState } from "@/components/states/error-state";

export default function RuleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This rule" onRetry={retry} />;
}
