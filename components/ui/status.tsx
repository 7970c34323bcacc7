"use client";

import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

export type StatusType = StatusIndicatorProps.Type;

/** A sign with words beside it. Cloudscape lets those break between any two letters; here only between words, and a table makes room for the longest. */
export function Status({
  type,
  iconAriaLabel,
  children,
}: {
  type: StatusType;
  iconAriaLabel?: string;
  children: ReactNode;
}) {
  return (
    <StatusIndicator type={type} iconAriaLabel={iconAriaLabel}>
      <span className="mqs-words">{children}</span>
    </StatusIndicator>
  );
}
