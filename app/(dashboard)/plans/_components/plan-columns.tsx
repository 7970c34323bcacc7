"use client";

import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { engineLabel, sentenceCase } from "@/components/broker/labels";
import { type ColumnOption, sortControlLabel } from "@/components/list/column-display";
import { PlanProgress, PlanState } from "@/components/plan/plan-marks";
import { AppLink } from "@/components/ui/app-link";
import { CodeWords } from "@/components/ui/code-words";
import { Instant } from "@/components/ui/instant";
import { formatDay } from "@/components/ui/times";
import type { PlanItem } from "@/lib/contracts/plans";

interface Column extends ColumnOption {
  cell(plan: PlanItem): ReactNode;
}

const COLUMNS: readonly Column[] = [
  {
    id: "title",
    label: "Plan",
    rank: 1,
    always: true,
    width: 260,
    cell: ({ id, title }) => (
      <span className="mqs-two-lines" title={title}>
        <AppLink href={`/plans/${id}`}>{title}</AppLink>
      </span>
    ),
  },
  {
    id: "broker",
    label: "Broker",
    rank: 2,
    width: 180,
    cell: ({ broker }) => <AppLink href={`/brokers/${broker.id}`}>{broker.name}</AppLink>,
  },
  { id: "state", label: "State", rank: 5, width: 130, cell: ({ state }) => <PlanState state={state} /> },
  { id: "progress", label: "Progress", rank: 3, width: 190, cell: (plan) => <PlanProgress plan={plan} /> },
  {
    id: "endsOn",
    label: "Ends",
    rank: 4,
    width: 130,
    cell: ({ endsOn }) => (endsOn ? formatDay(endsOn) : "No day"),
  },
  { id: "findings", label: "Open findings", rank: 8, width: 130, cell: ({ openFindings }) => openFindings },
  {
    id: "assignee",
    label: "Assignees",
    rank: 7,
    width: 150,
    cell: ({ assignees }) => assignees.join(", ") || "Nobody",
  },
  {
    id: "owner",
    label: "Owner",
    rank: 6,
    width: 180,
    cell: ({ owner }) => (
      <span className="mqs-words" title={owner?.displayName}>
        {owner ? <CodeWords text={owner.displayName} /> : "None"}
      </span>
    ),
  },
  {
    id: "environment",
    label: "Environment",
    rank: 9,
    width: 140,
    cell: ({ environment }) => sentenceCase(environment),
  },
  {
    id: "engine",
    label: "Engine",
    rank: null,
    width: 140,
    cell: ({ engine, engineVersion }) => `${engineLabel(engine)} ${engineVersion ?? ""}`,
  },
  { id: "account", label: "Account", rank: null, width: 140, cell: ({ accountId }) => accountId },
  { id: "region", label: "Region", rank: null, width: 140, cell: ({ region }) => region },
  {
    id: "campaign",
    label: "Campaign",
    rank: null,
    width: 180,
    cell: ({ campaign }) =>
      campaign ? <AppLink href={`/plans/campaigns/${campaign.id}`}>{campaign.name}</AppLink> : "–",
  },
  {
    id: "stage",
    label: "Stage",
    rank: null,
    width: 130,
    cell: ({ campaign }) => (campaign ? sentenceCase(campaign.stage) : "–"),
  },
  {
    id: "createdAt",
    label: "Made",
    rank: null,
    width: 190,
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
  {
    id: "updatedAt",
    label: "Changed",
    rank: null,
    width: 190,
    cell: ({ updatedAt }) => <Instant at={updatedAt} />,
  },
];

const UNSORTABLE: ReadonlySet<string> = new Set(["progress", "findings", "assignee", "campaign"]);

/** What can be shown of a plan, for the preferences. */
export const PLAN_COLUMN_OPTIONS: readonly ColumnOption[] = COLUMNS;

/** Column definitions of the table; the server sorts, by the property of the column's id. */
export const PLAN_COLUMNS: TableProps.ColumnDefinition<PlanItem>[] = COLUMNS.map(({ id, label, width, cell }) => ({
  id,
  header: label,
  cell,
  width,
  minWidth: 80,
  isRowHeader: id === "title",
  ...(UNSORTABLE.has(id) ? {} : { sortingField: id, ariaLabel: sortControlLabel(label) }),
}));
