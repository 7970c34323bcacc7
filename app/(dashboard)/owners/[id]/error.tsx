"use client";

import { ErrorState } from "@/components/states/error-state";

export default function OwnerError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This owner" onRetry={retry} />;
}
