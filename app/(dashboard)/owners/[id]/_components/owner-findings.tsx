"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { DueDate, SeverityBadge } from "@/components/finding/finding-marks";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { formatCount } from "@/components/ui/figures";
import { formatDay, formatSpan } from "@/components/ui/times";
import type { OwnerScorecard } from "@/lib/contracts/owners";
import { cutOf } from "./owner-summary";

interface Props {
  data: OwnerScorecard;
}

const AGES = ["Under 7 days", "7 to 29 days", "30 to 89 days", "90 days and more"] as const;

/** Findings that are not closed by severity and age, and how they stand to their SLA. */
export function AgeTable({ data: { owner, findings } }: Props) {
  return (
    <Table
      items={findings}
      trackBy="severity"
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: "Findings by severity and age" }}
      header={
        <Header variant="h2" description="Not closed, by the age of the present episode. Due soon: within 14 days.">
          Findings by severity and age
        </Header>
      }
      columnDefinitions={[
        {
          id: "severity",
          header: "Severity",
          isRowHeader: true,
          cell: ({ severity }) => <SeverityBadge severity={severity} />,
        },
        {
          id: "total",
          header: "All",
          cell: ({ severity, total }) =>
            total === 0 ? (
              "0"
            ) : (
              <AppLink
                href={`/findings?${cutOf(owner)}&filter=${encodeURIComponent(`severity=${severity}`)}`}
                ariaLabel={`${total} ${severity} findings`}
              >
                {formatCount(total)}
              </AppLink>
            ),
        },
        ...AGES.map((header, index) => ({
          id: header,
          header,
          cell: ({ ages }: OwnerScorecard["findings"][number]) => formatCount(ages[index] ?? 0),
        })),
        { id: "overdue", header: "Overdue", cell: ({ overdue }) => formatCount(overdue) },
        { id: "soon", header: "Due soon", cell: ({ dueSoon }) => formatCount(dueSoon) },
        { id: "aside", header: "Accepted or false positive", cell: ({ setAside }) => formatCount(setAside) },
      ]}
    />
  );
}

/** What is overdue or due next. */
export function DueTable({ data: { owner, due, asOf } }: Props) {
  return (
    <Table
      items={due}
      trackBy={({ id }) => String(id)}
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: "Due next" }}
      header={
        <Header
          variant="h2"
          description="The most urgent ones; accepted risks and false positives are left out."
          actions={
            <AppLink href={`/findings?${cutOf(owner)}&sort=dueOn&order=asc`} ariaLabel="All findings by due day">
              All
            </AppLink>
          }
        >
          Due next
        </Header>
      }
      empty={<AllClear title="Nothing is due" />}
      columnDefinitions={[
        {
          id: "summary",
          header: "Finding",
          isRowHeader: true,
          cell: (finding) => <FindingLink {...finding} />,
        },
        {
          id: "severity",
          header: "Severity",
          width: 110,
          cell: ({ severity }) => <SeverityBadge severity={severity} />,
        },
        {
          id: "due",
          header: "Due",
          width: 130,
          cell: ({ dueOn, overdue }) => <DueDate dueOn={dueOn} overdue={overdue} asOf={asOf} />,
        },
      ]}
    />
  );
}

/** Acceptances that end soon: their findings are open again then. */
export function AcceptanceTable({ data: { acceptances, asOf } }: Props) {
  return (
    <Table
      items={acceptances}
      trackBy={({ id }) => String(id)}
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: "Acceptances that end soon" }}
      header={
        <Header variant="h2" description="Within 30 days. The finding is open again on the day that is named.">
          Acceptances that end soon
        </Header>
      }
      empty={<AllClear title="No acceptance ends within 30 days" />}
      columnDefinitions={[
        {
          id: "summary",
          header: "Finding",
          isRowHeader: true,
          cell: (finding) => <FindingLink {...finding} />,
        },
        {
          id: "severity",
          header: "Severity",
          width: 110,
          cell: ({ severity }) => <SeverityBadge severity={severity} />,
        },
        {
          id: "until",
          header: "Open again on",
          width: 130,
          cell: ({ acceptedUntil }) => (
            <div>
              <div>{formatDay(acceptedUntil)}</div>
              <div>in {formatSpan(asOf, acceptedUntil)}</div>
            </div>
          ),
        },
      ]}
    />
  );
}

function FindingLink({
  id,
  summary,
  brokerId,
  brokerName,
}: OwnerScorecard["due"][number] | OwnerScorecard["acceptances"][number]) {
  return (
    <div className="mqs-break">
      <AppLink href={`/findings/${id}`}>{summary}</AppLink>
      {brokerId && (
        <div>
          <AppLink href={`/brokers/${brokerId}`}>{brokerName ?? brokerId}</AppLink>
        </div>
      )}
    </div>
  );
}
