"use client";

import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { z } from "zod";
import { Status } from "@/components/ui/status";
import type { accessReport } from "@/lib/contracts/accounts";

type AccessReport = z.output<typeof accessReport>;

/** What every action of the policy answered, and what to do about refusals. */
export function AccessReportView({ report }: { report: AccessReport }) {
  return (
    <SpaceBetween size="m">
      <Alert
        type={report.ok ? "success" : "error"}
        header={report.ok ? "The access works" : "The access does not work in full"}
      >
        {report.arn && <div className="mqs-break">Identity: {report.arn}</div>}
        {report.message && <div>{report.message}</div>}
        {report.wayOut && <div>{report.wayOut}</div>}
      </Alert>
      {report.checks.length > 0 && (
        <Table
          variant="embedded"
          items={report.checks}
          trackBy="action"
          wrapLines
          contentDensity="compact"
          ariaLabels={{ tableLabel: "Actions tried" }}
          columnDefinitions={[
            {
              id: "action",
              header: "Action",
              isRowHeader: true,
              cell: ({ action }) => <span className="mqs-break">{action}</span>,
            },
            { id: "allowed", header: "Answer", width: 150, cell: ({ allowed }) => <Answer allowed={allowed} /> },
            { id: "why", header: "What it is for", cell: ({ reason }) => reason },
            {
              id: "message",
              header: "Message",
              cell: ({ message }) => <span className="mqs-break">{message ?? "–"}</span>,
            },
          ]}
        />
      )}
    </SpaceBetween>
  );
}

function Answer({ allowed }: { allowed: boolean | null }) {
  if (allowed === null) return <Status type="pending">Not tried</Status>;
  return allowed ? <Status type="success">Allowed</Status> : <Status type="error">Refused</Status>;
}
