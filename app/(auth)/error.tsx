"use client";

import { ErrorState } from "@/components/states/error-state";

export default function AuthError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="Signing in" onRetry={retry} />;
}
