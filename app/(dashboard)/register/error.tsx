"use client";

import { ErrorState } from "@/components/states/error-state";

export default function RegisterError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The register" onRetry={retry} />;
}
