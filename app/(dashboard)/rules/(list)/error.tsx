"use client";

import { ErrorState } from "@/components/states/error-state";

export default function RulesError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The rules" onRetry={retry} />;
}
