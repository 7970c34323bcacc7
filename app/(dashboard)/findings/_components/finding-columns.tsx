"use client";

import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { engineLabel, sentenceCase } from "@/components/broker/labels";
import { DueDate, FindingState, SeverityBadge } from "@/components/finding/finding-marks";
import { FindingSubject } from "@/components/finding/finding-subject";
import type { ColumnOption } from "@/components/list/list-preferences";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import type { FindingItem } from "@/lib/contracts/findings";

interface Column extends ColumnOption {
  width: number;
  cell(finding: FindingItem, asOf: string): ReactNode;
}

const COLUMNS: readonly Column[] = [
  {
    id: "severity",
    label: "Severity",
    standard: true,
    width: 105,
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    id: "summary",
    label: "Finding",
    standard: true,
    always: true,
    width: 400,
    cell: ({ id, summary, ruleTitle }) => (
      <AppLink href={`/findings/${id}`} nativeAttributes={{ title: `${ruleTitle}: ${summary}` }}>
        {summary}
      </AppLink>
    ),
  },
  {
    id: "broker",
    label: "Subject",
    standard: true,
    width: 190,
    cell: (finding, asOf) => <FindingSubject finding={finding} asOf={asOf} />,
  },
  {
    id: "state",
    label: "State",
    standard: true,
    width: 130,
    cell: ({ state, closeCause }) => <FindingState state={state} closeCause={closeCause} />,
  },
  {
    id: "dueOn",
    label: "Due",
    standard: true,
    width: 150,
    cell: (finding, asOf) => <DueDate {...finding} asOf={asOf} />,
  },
  {
    id: "openedAt",
    label: "Age",
    standard: true,
    width: 100,
    cell: ({ ageDays, openedAt }) => <span title={openedAt}>{formatNumberOf(ageDays, "day")}</span>,
  },
  { id: "account", label: "Account", standard: true, width: 140, cell: ({ accountId }) => accountId },
  { id: "region", label: "Region", standard: true, width: 130, cell: ({ region }) => region },
  {
    id: "environment",
    label: "Environment",
    standard: true,
    width: 140,
    cell: ({ environment }) => sentenceCase(environment),
  },
  {
    id: "owner",
    label: "Owner",
    standard: true,
    width: 160,
    cell: ({ owner }) => (owner ? <span title={owner.displayName}>{owner.displayName}</span> : "–"),
  },
  {
    id: "rule",
    label: "Rule",
    standard: false,
    width: 260,
    cell: ({ ruleTitle, ruleId }) => <span title={ruleId}>{ruleTitle}</span>,
  },
  { id: "category", label: "Category", standard: false, width: 140, cell: ({ category }) => sentenceCase(category) },
  { id: "engine", label: "Engine", standard: false, width: 110, cell: ({ engine }) => engineLabel(engine) },
  {
    id: "recurring",
    label: "Recurring",
    standard: false,
    width: 120,
    cell: ({ recurring, episodeCount }) => (recurring ? `Yes, ${episodeCount} episodes` : "No"),
  },
  {
    id: "firstOpenedAt",
    label: "First opened",
    standard: false,
    width: 190,
    cell: ({ firstOpenedAt }) => <Instant at={firstOpenedAt} />,
  },
  { id: "closedAt", label: "Closed", standard: false, width: 190, cell: ({ closedAt }) => <Instant at={closedAt} /> },
];

/** Categories belong to the rules, not to the stored finding: the server cannot sort by them. */
const UNSORTABLE: ReadonlySet<string> = new Set(["category", "firstOpenedAt"]);

/** What can be shown of a finding, for the preferences. */
export const FINDING_COLUMN_OPTIONS: readonly ColumnOption[] = COLUMNS;

/** Column definitions of the table; the server sorts, by the property of the column's id. */
export function findingColumns(asOf: string): TableProps.ColumnDefinition<FindingItem>[] {
  return COLUMNS.map(({ id, label, width, cell }) => ({
    id,
    header: label,
    cell: (finding) => cell(finding, asOf),
    width,
    minWidth: 80,
    isRowHeader: id === "summary",
    ...(UNSORTABLE.has(id) ? {} : { sortingField: id }),
  }));
}
