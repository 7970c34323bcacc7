"use client";

import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { categoryLabel, engineLabel, regionLabel, sentenceCase } from "@/components/broker/labels";
import { DueDate, FindingState, SeverityBadge } from "@/components/finding/finding-marks";
import { FindingSubject } from "@/components/finding/finding-subject";
import { type ColumnOption, sortControlLabel } from "@/components/list/column-display";
import { AppLink } from "@/components/ui/app-link";
import { CodeWords } from "@/components/ui/code-words";
import { formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatDay } from "@/components/ui/times";
import type { FindingItem } from "@/lib/contracts/findings";

interface Column extends ColumnOption {
  cell(finding: FindingItem, asOf: string, wrap: boolean): ReactNode;
}

const COLUMNS: readonly Column[] = [
  {
    id: "severity",
    label: "Severity",
    rank: 2,
    width: 116,
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    id: "summary",
    label: "Finding",
    rank: 1,
    always: true,
    width: 288,
    cell: ({ id, summary, ruleTitle }, _, wrap) => (
      <span className={wrap ? undefined : "mqs-two-lines"}>
        <AppLink href={`/findings/${id}`} nativeAttributes={{ title: `${ruleTitle}: ${summary}` }}>
          <CodeWords text={summary} />
        </AppLink>
      </span>
    ),
  },
  {
    id: "broker",
    label: "Subject",
    rank: 3,
    width: 160,
    cell: (finding, asOf) => <FindingSubject finding={finding} asOf={asOf} />,
  },
  {
    id: "state",
    label: "State",
    rank: 5,
    width: 144,
    cell: ({ state, closeCause, acceptedUntil, fixClaimedAt }) => (
      <>
        <FindingState state={state} closeCause={closeCause} />
        {acceptedUntil && <div>until {formatDay(acceptedUntil.slice(0, 10))}</div>}
        {fixClaimedAt && <div>Fix claimed</div>}
      </>
    ),
  },
  {
    id: "assignee",
    label: "Taken on by",
    rank: null,
    width: 170,
    cell: ({ assignee }) => assignee ?? "Nobody",
  },
  {
    id: "targetOn",
    label: "Target date",
    rank: null,
    width: 140,
    cell: ({ targetOn }) => (targetOn ? formatDay(targetOn) : "None"),
  },
  {
    id: "dueMoved",
    label: "Due day moved",
    rank: null,
    width: 140,
    cell: ({ dueMoved }) => (dueMoved ? "Yes" : "No"),
  },
  {
    id: "dueOn",
    label: "Due",
    rank: 4,
    width: 137,
    cell: (finding, asOf) => <DueDate {...finding} asOf={asOf} />,
  },
  {
    id: "openedAt",
    label: "Age",
    rank: 7,
    width: 95,
    cell: ({ ageDays, openedAt }) => <span title={openedAt}>{formatNumberOf(ageDays, "day")}</span>,
  },
  { id: "account", label: "Account", rank: 9, width: 140, cell: ({ accountId }) => accountId },
  { id: "region", label: "Region", rank: 10, width: 140, cell: ({ region }) => regionLabel(region) },
  {
    id: "environment",
    label: "Environment",
    rank: 8,
    width: 150,
    cell: ({ environment }) => sentenceCase(environment),
  },
  {
    id: "owner",
    label: "Owner",
    rank: 6,
    width: 146,
    cell: ({ owner }) => (owner ? <span title={owner.displayName}>{owner.displayName}</span> : "None"),
  },
  {
    id: "rule",
    label: "Rule",
    rank: null,
    width: 260,
    cell: ({ ruleTitle, ruleId }) => <span title={ruleId}>{ruleTitle}</span>,
  },
  { id: "category", label: "Category", rank: null, width: 140, cell: ({ category }) => categoryLabel(category) },
  { id: "engine", label: "Engine", rank: null, width: 110, cell: ({ engine }) => engineLabel(engine) },
  {
    id: "recurring",
    label: "Recurring",
    rank: null,
    width: 120,
    cell: ({ recurring, episodeCount }) => (recurring ? `Yes, ${episodeCount} episodes` : "No"),
  },
  {
    id: "firstOpenedAt",
    label: "First opened",
    rank: null,
    width: 190,
    cell: ({ firstOpenedAt }) => <Instant at={firstOpenedAt} />,
  },
  { id: "closedAt", label: "Closed", rank: null, width: 190, cell: ({ closedAt }) => <Instant at={closedAt} /> },
];

/** Categories belong to the rules, not to the stored finding: the server cannot sort by them. */
const UNSORTABLE: ReadonlySet<string> = new Set(["category", "firstOpenedAt"]);

/** What can be shown of a finding, for the preferences. */
export const FINDING_COLUMN_OPTIONS: readonly ColumnOption[] = COLUMNS;

/** Column definitions of the table; the server sorts, by the property of the column's id. Without `wrap` a summary takes two lines at most. */
export function findingColumns(asOf: string, wrap: boolean): TableProps.ColumnDefinition<FindingItem>[] {
  return COLUMNS.map(({ id, label, width, cell }) => ({
    id,
    header: label,
    cell: (finding) => cell(finding, asOf, wrap),
    width,
    minWidth: 80,
    isRowHeader: id === "summary",
    ...(UNSORTABLE.has(id) ? {} : { sortingField: id, ariaLabel: sortControlLabel(label) }),
  }));
}
