"use client";

import { Status, type StatusType } from "@/components/ui/status";
import { sentenceCase } from "./labels";

const TYPES: Readonly<Record<string, StatusType>> = {
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
  if (gone) return <Status type="stopped">Gone (was {sentenceCase(state).toLowerCase()})</Status>;
  return <Status type={TYPES[state] ?? "info"}>{sentenceCase(state)}</Status>;
}
