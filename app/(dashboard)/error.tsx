"use client";

import { ErrorState } from "@/components/states/error-state";

export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This page" onRetry={retry} />;
}
