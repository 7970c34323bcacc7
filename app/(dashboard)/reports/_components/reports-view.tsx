"use client";

import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CollectionTable } from "@/components/list/collection-table";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { CodeWords } from "@/components/ui/code-words";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatInstant } from "@/components/ui/times";
import type { ReportPage } from "@/lib/contracts/reports";
import { actorLabel } from "@/lib/domain/actor-label";
import { reportsQuery } from "@/lib/queries/reports";
import { IssueReportForm } from "./issue-report-form";
import { ReportDownloads } from "./report-downloads";
import { reportName, STAGES } from "./report-words";

/** Every version of quarterly reports; older ones stay downloadable. */
export function ReportsView() {
  const { data, error, refetch, isFetching } = useQuery(reportsQuery());
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The list of reports" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the reports" rows={8} />
    );
  }
  return <Reports page={data} />;
}

function Reports({ page }: { page: ReportPage }) {
  const [open, setOpen] = useState(false);
  const { items, asOf, scopes } = page;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`Each version is computed once and frozen: its figures never change. As of ${formatInstant(asOf)}`}
          actions={
            scopes.length > 0 && (
              <Button variant="primary" onClick={() => setOpen(true)}>
                Make a report
              </Button>
            )
          }
        >
          Reports
        </Header>
      }
    >
      <CollectionTable
        items={items}
        what="reports"
        label="Versions of reports"
        trackBy={({ id }) => String(id)}
        textOf={({ quarter, scope, stage }) => `${quarter} ${scope.label} ${STAGES[stage].text}`}
        header={<Header variant="h2">{formatNumberOf(items.length, "version", "versions")}</Header>}
        columnDefinitions={[
          {
            id: "report",
            header: "Report",
            isRowHeader: true,
            minWidth: 140,
            cell: (report) => <AppLink href={`/reports/${report.id}`}>{reportName(report)}</AppLink>,
          },
          {
            id: "scope",
            header: "Scope",
            minWidth: 110,
            cell: ({ scope }) => <span className="mqs-break">{scope.label}</span>,
          },
          {
            id: "stage",
            header: "Stage",
            minWidth: 130,
            cell: ({ stage, superseded }) => (
              <Status type={superseded ? "stopped" : STAGES[stage].type}>
                {superseded ? `${STAGES[stage].text}, superseded` : STAGES[stage].text}
              </Status>
            ),
          },
          { id: "asOf", header: "Figures as of", minWidth: 130, cell: ({ asOf: at }) => formatInstant(at) },
          {
            id: "computed",
            header: "Computed",
            minWidth: 140,
            cell: ({ computedAt, computedBy }) => (
              <>
                {formatInstant(computedAt)} by <CodeWords text={actorLabel(computedBy)} />
              </>
            ),
          },
          { id: "files", header: "Files", minWidth: 180, cell: (report) => <ReportDownloads report={report} /> },
        ]}
        allClear={
          <AllClear title="No report yet">
            The report of a quarter is made on the first working day after it; that of one owner when somebody makes it.
          </AllClear>
        }
      />
      {open && <IssueReportForm page={page} onClose={() => setOpen(false)} />}
    </ContentLayout>
  );
}
