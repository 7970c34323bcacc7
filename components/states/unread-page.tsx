"use client";

import type { ComponentProps } from "react";
import { ErrorState } from "@/components/states/error-state";
import { NotFoundNotice } from "@/components/states/not-found-notice";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { ApiError } from "@/lib/queries/fetch-api";

/** A page about one thing, as long as it has not been read: there is none, it could not be read, or it is on its way. `what` is its kind. */
export function UnreadPage({
  what,
  error,
  onRetry,
  retrying,
  rows = 12,
}: {
  what: ComponentProps<typeof NotFoundNotice>["what"];
  error: unknown;
  onRetry: () => void;
  retrying: boolean;
  /** Lines of the skeleton. */
  rows?: number;
}) {
  if (error instanceof ApiError && error.status === 404) return <NotFoundNotice what={what} />;
  if (error) return <ErrorState error={error} what={`This ${what}`} onRetry={onRetry} retrying={retrying} />;
  return <PageSkeleton title={`the ${what}`} rows={rows} />;
}
