"use client";

import { ErrorState } from "@/components/states/error-state";

export default function SettingsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="The settings" onRetry={retry} />;
}
