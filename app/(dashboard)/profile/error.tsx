"use client";

import { ErrorState } from "@/components/states/error-state";

export default function ProfileError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="Your account" onRetry={retry} />;
}
