"use client";

import { ErrorState } from "@/components/states/error-state";

export default function PlanError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This plan" onRetry={retry} />;
}
