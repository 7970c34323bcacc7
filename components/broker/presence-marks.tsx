"use client";

import Badge from "@cloudscape-design/components/badge";
import Popover from "@cloudscape-design/components/popover";
import { Status } from "@/components/ui/status";
import { formatInstant, formatSpan } from "@/components/ui/times";
import { presenceLabel } from "./labels";

interface StaleMarkProps {
  /** Null: never described. Undefined: not known here, only that it is too long ago. */
  observedAt?: string | null;
  asOf: string;
}

/** Marks a broker that could not be observed lately: its facts are old, and figures count it as unknown. */
export function StaleMark({ observedAt, asOf }: StaleMarkProps) {
  return (
    <Popover
      triggerType="text-inline"
      wrapTriggerText={false}
      size="medium"
      header="Stale"
      content={`${explain(observedAt, asOf)} It counts as unknown in KPIs, and nothing about it is resolved or closed.`}
      dismissAriaLabel="Close"
    >
      <Status type="pending">Stale{observedAt ? ` ${formatSpan(observedAt, asOf)}` : ""}</Status>
    </Popover>
  );
}

function explain(observedAt: string | null | undefined, asOf: string): string {
  if (observedAt === undefined) return "The broker was last observed more than 3 days ago.";
  if (observedAt === null) return "Listed, but never described: its facts are not known.";
  return `Last observed ${formatInstant(observedAt)}, ${formatSpan(observedAt, asOf)} before the time of this page.`;
}

/** Presence where it is not the ordinary one. */
export function PresenceBadge({ presence }: { presence: string }) {
  return presence === "in-scope" ? null : <Badge color="grey">{presenceLabel(presence)}</Badge>;
}
