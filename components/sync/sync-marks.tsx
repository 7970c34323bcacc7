"use client";

import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { sentenceCase } from "@/components/broker/labels";

const RUNS: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  running: "in-progress",
  complete: "success",
  partial: "warning",
  failed: "error",
  aborted: "stopped",
};
const OUTCOMES: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  pending: "pending",
  running: "in-progress",
  complete: "success",
  partial: "warning",
  denied: "error",
  unsupported: "stopped",
  "region-off": "stopped",
  failed: "error",
  skipped: "stopped",
};
const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  "region-off": "Region is off",
  unsupported: "Not supported",
  skipped: "Not due",
};

/** The words of an outcome. */
export function outcomeLabel(status: string): string {
  return OUTCOME_WORDS[status] ?? sentenceCase(status);
}

export function RunStatus({ status }: { status: string }) {
  return <StatusIndicator type={RUNS[status] ?? "info"}>{sentenceCase(status)}</StatusIndicator>;
}

export function OutcomeStatus({ status }: { status: string }) {
  return <StatusIndicator type={OUTCOMES[status] ?? "info"}>{outcomeLabel(status)}</StatusIndicator>;
}
