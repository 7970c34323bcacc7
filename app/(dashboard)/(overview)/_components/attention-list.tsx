"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { DueDate, SeverityBadge } from "@/components/finding/finding-marks";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import type { Overview } from "@/lib/contracts/overview";
import { SEVERITIES } from "@/lib/domain/finding";

/** What needs attention next, most urgent first. */
export function AttentionList({ data: { attention, findings, asOf } }: { data: Overview }) {
  const counts = [...SEVERITIES]
    .reverse()
    .map((severity) => ({ severity, count: findings.bySeverity[severity] ?? 0 }))
    .filter(({ count }) => count > 0);
  return (
    <Table
      variant="container"
      items={attention}
      trackBy={({ id }) => String(id)}
      wrapLines
      ariaLabels={{ tableLabel: "What needs attention next" }}
      header={
        <Header
          variant="h2"
          counter={`(${findings.open})`}
          actions={<AppLink href="/findings">All findings</AppLink>}
          description={
            <span>
              {findings.overdue > 0 && (
                <AppLink href="/findings?filter=overdue%3Dtrue">
                  {formatNumberOf(findings.overdue, "finding")} overdue
                </AppLink>
              )}
              {findings.overdue > 0 && counts.length > 0 && " · "}
              {counts.map(({ severity, count }) => `${count} ${severity}`).join(", ")}
            </span>
          }
        >
          Needs attention next
        </Header>
      }
      columnDefinitions={[
        {
          id: "severity",
          header: "Severity",
          cell: ({ severity }) => <SeverityBadge severity={severity} />,
          width: 110,
        },
        {
          id: "finding",
          header: "Finding",
          isRowHeader: true,
          cell: ({ id, summary, subjectName }) => (
            <span className="mqs-break">
              <AppLink href={`/findings/${id}`}>{summary}</AppLink>
              <div>{subjectName}</div>
            </span>
          ),
        },
        { id: "due", header: "Due", cell: (finding) => <DueDate {...finding} asOf={asOf} />, width: 190 },
      ]}
      empty={<AllClear title="All clear">No finding is open.</AllClear>}
    />
  );
}
