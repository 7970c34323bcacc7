"use client";

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { PlansProgress } from "@/components/campaign/campaign-marks";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatDay } from "@/components/ui/times";
import type { CampaignDetail } from "@/lib/contracts/campaigns";

/** How far each stage is, and what holds it up. */
export function CampaignStages({ stages }: { stages: CampaignDetail["stages"] }) {
  return (
    <Table
      items={stages}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: "Stages" }}
      header={
        <Header
          variant="h2"
          description="Plans are blocked while their stage has begun and one ahead of it is not finished, or when their broker is gone."
        >
          Stages
        </Header>
      }
      columnDefinitions={[
        { id: "title", header: "Stage", isRowHeader: true, minWidth: 140, cell: ({ title }) => title },
        { id: "start", header: "Begins", minWidth: 120, cell: ({ startOn }) => formatDay(startOn) },
        {
          id: "end",
          header: "Planned end",
          minWidth: 130,
          cell: ({ endsOn }) => (endsOn ? formatDay(endsOn) : "No day"),
        },
        {
          id: "progress",
          header: "Progress",
          minWidth: 150,
          cell: ({ title, completed, plans }) => <PlansProgress name={title} completed={completed} plans={plans} />,
        },
        { id: "open", header: "Open", minWidth: 70, cell: ({ open }) => open },
        {
          id: "blocked",
          header: "Blocked",
          minWidth: 120,
          cell: ({ blocked, reason }) =>
            blocked > 0 ? (
              <div>
                <Status type="warning">{formatNumberOf(blocked, "plan")}</Status>
                <Box variant="small" display="block">
                  {reason}
                </Box>
              </div>
            ) : (
              "None"
            ),
        },
        {
          id: "overdue",
          header: "Overdue",
          minWidth: 125,
          cell: ({ overdueSteps }) =>
            overdueSteps > 0 ? <Status type="warning">{formatNumberOf(overdueSteps, "step")}</Status> : "None",
        },
      ]}
    />
  );
}
