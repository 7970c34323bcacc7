"use client";

import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { FindingState, SeverityBadge } from "@/components/finding/finding-marks";
import { AppLink } from "@/components/ui/app-link";
import type { PlanDetail } from "@/lib/contracts/plans";
import type { PlanForm } from "./plan-forms";

/** The findings that the plan is to put right; only an observation closes them. */
export function PlanFindings({
  detail: { findings, others },
  reason,
  onForm,
}: {
  detail: PlanDetail;
  reason: string | undefined;
  onForm(form: PlanForm): void;
}) {
  const none = others.length === 0 ? "The plan has every open finding of the broker." : undefined;
  return (
    <Table
      items={findings}
      trackBy={({ id }) => String(id)}
      wrapLines
      ariaLabels={{ tableLabel: "Findings of the plan" }}
      header={
        <Header
          variant="h2"
          counter={`(${findings.length})`}
          description="In progress while the plan is linked. Only an observation closes them."
          actions={
            <Button
              disabled={reason !== undefined || none !== undefined}
              disabledReason={reason ?? none}
              onClick={() => onForm({ form: "link" })}
            >
              Link findings
            </Button>
          }
        >
          Findings
        </Header>
      }
      empty="No finding is linked."
      columnDefinitions={[
        {
          id: "severity",
          header: "Severity",
          width: 120,
          cell: ({ severity }) => <SeverityBadge severity={severity} />,
        },
        {
          id: "summary",
          header: "Finding",
          isRowHeader: true,
          minWidth: 240,
          cell: ({ id, summary }) => (
            <span className="mqs-break">
              <AppLink href={`/findings/${id}`}>{summary}</AppLink>
            </span>
          ),
        },
        {
          id: "state",
          header: "State",
          minWidth: 130,
          cell: ({ state, closeCause }) => <FindingState state={state} closeCause={closeCause} />,
        },
        {
          id: "action",
          header: "Action",
          minWidth: 110,
          cell: ({ id, state, summary }) =>
            state === "closed" ? (
              "–"
            ) : (
              <Button
                variant="inline-link"
                ariaLabel={`Unlink ${summary}`}
                disabled={reason !== undefined}
                disabledReason={reason}
                onClick={() => onForm({ form: "unlink", finding: { id, summary } })}
              >
                Unlink
              </Button>
            ),
        },
      ]}
    />
  );
}
