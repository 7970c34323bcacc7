"use client";

import Skeleton from "@cloudscape-design/components/skeleton";

/** Placeholder of one section; `height` is that of what comes, so that nothing jumps. */
export function SectionSkeleton({ label, height = 240 }: { label: string; height?: number }) {
  return (
    <div role="status" aria-label={`Loading ${label}`}>
      <Skeleton height={`${height}px`} width="100%" />
    </div>
  );
}
