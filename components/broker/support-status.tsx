"use client";

import Box from "@cloudscape-design/components/box";
import { Status, type StatusType } from "@/components/ui/status";
import { formatDay } from "@/components/ui/times";
import { supportLabel, supportStageLabel } from "./labels";

const TYPES: Readonly<Record<string, StatusType>> = {
  supported: "success",
  ending: "warning",
  "past-end-of-support": "error",
  unknown: "pending",
};

/** Support of an engine line or instance type; below it the date and the stage it is in, where there are any. */
export function SupportStatus({
  status,
  stage,
  endOfSupport,
}: {
  status: string;
  stage: string | null;
  endOfSupport: string | null;
}) {
  const details = [endOfSupport ? formatDay(endOfSupport) : "", stage ? supportStageLabel(stage) : ""].filter(Boolean);
  return (
    <div>
      <Status type={TYPES[status] ?? "info"}>{supportLabel(status)}</Status>
      {details.length > 0 && <Box color="text-body-secondary">{details.join(", ")}</Box>}
    </div>
  );
}
