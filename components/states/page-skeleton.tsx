"use client";

import Container from "@cloudscape-design/components/container";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";

/** The shape of a page while its data is being read. `rows` says about how tall the body is. */
export function PageSkeleton({ title, rows = 8 }: { title: string; rows?: number }) {
  return (
    <div role="status" aria-label={`Loading ${title}`}>
      <SpaceBetween size="l">
        <Skeleton variant="text-heading-xl" width="240px" />
        <Container>
          <SpaceBetween size="m">
            {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
              <Skeleton key={row} variant="text-body-m" width="100%" />
            ))}
          </SpaceBetween>
        </Container>
      </SpaceBetween>
    </div>
  );
}
