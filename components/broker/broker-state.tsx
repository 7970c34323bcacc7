"use client";

import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { sentenceCase } from "./labels";

const TYPES: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  RUNNING: "success",
  REPLICA: "success",
  CREATION_IN_PROGRESS: "in-progress",
  REBOOT_IN_PROGRESS: "in-progress",
  DELETION_IN_PROGRESS: "in-progress",
  CREATION_FAILED: "error",
  CRITICAL_ACTION_REQUIRED: "error",
};

/** The broker's state as AWS reports it; a state nobody knows yet is shown without a verdict. */
export function BrokerState({ state, gone = false }: { state: string; gone?: boolean }) {
  if (gone) return <StatusIndicator type="stopped">Gone (was {sentenceCase(state).toLowerCase()})</StatusIndicator>;
  return <StatusIndicator type={TYPES[state] ?? "info"}>{sentenceCase(state)}</StatusIndicator>;
}
