"use client";

import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import { sentenceCase } from "@/components/broker/labels";
import { formatNumberOf } from "@/components/ui/figures";
import { Status, type StatusType } from "@/components/ui/status";
import { daysBetween, formatDay } from "@/components/ui/times";

const SEVERITY_COLORS: Readonly<Record<string, BadgeProps["color"]>> = {
  critical: "severity-critical",
  high: "severity-high",
  medium: "severity-medium",
  low: "severity-low",
};
const STATES: Readonly<Record<string, StatusType>> = {
  open: "warning",
  acknowledged: "info",
  "in-progress": "in-progress",
  "acceptance-requested": "pending",
  accepted: "stopped",
  "false-positive": "stopped",
  closed: "success",
};
const OUTCOMES: Readonly<Record<string, StatusType>> = {
  pass: "success",
  fail: "error",
  "not-applicable": "stopped",
  unknown: "pending",
};

export function SeverityBadge({ severity }: { severity: string }) {
  return <Badge color={SEVERITY_COLORS[severity] ?? "severity-neutral"}>{sentenceCase(severity)}</Badge>;
}

export function FindingState({ state, closeCause }: { state: string; closeCause: string | null }) {
  return (
    <Status type={STATES[state] ?? "info"}>
      {sentenceCase(state)}
      {closeCause ? `: ${sentenceCase(closeCause).toLowerCase()}` : ""}
    </Status>
  );
}

export function RuleOutcome({ outcome }: { outcome: string }) {
  return <Status type={OUTCOMES[outcome] ?? "info"}>{sentenceCase(outcome)}</Status>;
}

/** The day by which the finding should be closed, and how far it is away or behind. */
export function DueDate({ dueOn, overdue, asOf }: { dueOn: string | null; overdue: boolean; asOf: string }) {
  if (!dueOn) return <span>No due day</span>;
  const days = daysBetween(asOf, dueOn);
  const distance =
    days === 0 ? "due today" : days > 0 ? `in ${formatNumberOf(days, "day")}` : `${formatNumberOf(-days, "day")} late`;
  return (
    <div style={{ whiteSpace: "nowrap" }}>
      <div>{formatDay(dueOn)}</div>
      {overdue ? <Status type="error">{distance}</Status> : <Box color="text-body-secondary">{distance}</Box>}
    </div>
  );
}
