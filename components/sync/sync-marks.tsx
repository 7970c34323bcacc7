"use client";

import { sentenceCase } from "@/components/broker/labels";
import { Status, type StatusType } from "@/components/ui/status";

const RUNS: Readonly<Record<string, StatusType>> = {
  running: "in-progress",
  complete: "success",
  partial: "warning",
  failed: "error",
  aborted: "stopped",
};
const OUTCOMES: Readonly<Record<string, StatusType>> = {
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
  return <Status type={RUNS[status] ?? "info"}>{sentenceCase(status)}</Status>;
}

export function OutcomeStatus({ status }: { status: string }) {
  return <Status type={OUTCOMES[status] ?? "info"}>{outcomeLabel(status)}</Status>;
}
