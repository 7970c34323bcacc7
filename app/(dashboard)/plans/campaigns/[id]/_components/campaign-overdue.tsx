"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { AppLink } from "@/components/ui/app-link";
import { formatDay } from "@/components/ui/times";
import type { CampaignDetail } from "@/lib/contracts/campaigns";

/** Steps whose window or day is over and that nobody has seen or said to be done, the oldest first. */
export function CampaignOverdue({ overdue: { total, items } }: { overdue: CampaignDetail["overdue"] }) {
  return (
    <Table
      items={items}
      wrapLines
      ariaLabels={{ tableLabel: "Overdue steps" }}
      header={
        <Header
          variant="h2"
          counter={`(${total})`}
          description={total > items.length ? `The oldest ${items.length} are shown.` : undefined}
        >
          Overdue steps
        </Header>
      }
      columnDefinitions={[
        {
          id: "title",
          header: "Step",
          isRowHeader: true,
          minWidth: 260,
          cell: ({ planId, title }) => (
            <span className="mqs-break">
              <AppLink href={`/plans/${planId}`}>{title}</AppLink>
            </span>
          ),
        },
        {
          id: "broker",
          header: "Broker",
          minWidth: 160,
          cell: ({ broker }) => <AppLink href={`/brokers/${broker.id}`}>{broker.name}</AppLink>,
        },
        {
          id: "planned",
          header: "Planned on",
          minWidth: 130,
          cell: ({ plannedOn }) => (plannedOn ? formatDay(plannedOn) : "No date"),
        },
        { id: "assignee", header: "Assignee", minWidth: 130, cell: ({ assignee }) => assignee ?? "Nobody" },
      ]}
    />
  );
}
