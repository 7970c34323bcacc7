"use client";

import { ErrorState } from "@/components/states/error-state";

export default function CampaignError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} what="This campaign" onRetry={retry} />;
}
