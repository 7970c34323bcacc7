"use client";

import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { AllClear } from "@/components/states/empty-states";
import { OutcomeStatus } from "@/components/sync/sync-marks";
import { formatCount } from "@/components/ui/figures";
import type { SyncDetail } from "@/lib/contracts/syncs";
import { OPTIONAL_SOURCES } from "@/lib/domain/sync";

type Outcome = SyncDetail["outcomes"][number];

const FINE: ReadonlySet<string> = new Set(["complete", "skipped", "region-off", "pending", "running"]);

/** What came of every source in every account and region, problems first, with the way out. */
export function SyncOutcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const problems = outcomes.filter(isProblem);
  const [shown, setShown] = useState<"problems" | "all" | null>(null);
  const which = shown ?? (problems.length > 0 ? "problems" : "all");
  const items = which === "problems" ? problems : [...problems, ...outcomes.filter((outcome) => !isProblem(outcome))];
  return (
    <Table
      variant="container"
      items={items}
      trackBy={({ source, accountId, region }) => `${source} ${accountId} ${region}`}
      wrapLines
      ariaLabels={{ tableLabel: "Outcomes" }}
      header={
        <Header
          variant="h2"
          counter={`(${items.length})`}
          description="What fails in one scope leaves the others alone."
        >
          Outcomes by source, account and region
        </Header>
      }
      filter={
        <SegmentedControl
          label="Outcomes shown"
          selectedId={which}
          options={[
            { id: "problems", text: `Problems (${problems.length})` },
            { id: "all", text: `All (${outcomes.length})` },
          ]}
          onChange={({ detail }) => setShown(detail.selectedId === "all" ? "all" : "problems")}
        />
      }
      columnDefinitions={[
        { id: "status", header: "Outcome", minWidth: 170, cell: ({ status }) => <OutcomeStatus status={status} /> },
        { id: "source", header: "Source", isRowHeader: true, minWidth: 190, cell: ({ sourceTitle }) => sourceTitle },
        {
          id: "account",
          header: "Account",
          minWidth: 130,
          cell: ({ accountId, accountName }) => <span title={accountId}>{accountName ?? accountId}</span>,
        },
        { id: "region", header: "Region", minWidth: 150, cell: ({ region }) => region || "global" },
        {
          id: "items",
          header: "Read",
          minWidth: 90,
          cell: ({ itemCount, expectedCount }) =>
            expectedCount === null
              ? formatCount(itemCount)
              : `${formatCount(itemCount)} of ${formatCount(expectedCount)}`,
        },
        { id: "requests", header: "Requests", minWidth: 100, cell: ({ requestCount }) => formatCount(requestCount) },
        {
          id: "message",
          header: "Message and way out",
          minWidth: 280,
          cell: (outcome) => <Message outcome={outcome} />,
        },
      ]}
      empty={<AllClear title="No problems">Everything that was due was read in full.</AllClear>}
    />
  );
}

function Message({ outcome: { message, wayOut, errorCode, failures } }: { outcome: Outcome }) {
  if (!message && !wayOut && failures.length === 0) return "–";
  return (
    <div className="mqs-break">
      {message && <div>{message}</div>}
      {wayOut && (
        <div>
          <strong>Way out:</strong> {wayOut}
        </div>
      )}
      {errorCode && (
        <Box variant="small" color="text-body-secondary">
          {errorCode}
        </Box>
      )}
      {failures.length > 0 && (
        <ExpandableSection headerText={`${failures.length} failed`}>
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {failures.map(({ item, errorCode: code, message: text }) => (
              <li key={item}>
                {item}: {text} ({code})
              </li>
            ))}
          </ul>
        </ExpandableSection>
      )}
    </div>
  );
}

/** Costs by resource are an opt-in of Cost Explorer: where they are off, nothing is wrong. */
function isProblem({ source, status }: Outcome): boolean {
  return !FINE.has(status) && !(OPTIONAL_SOURCES.has(source) && status === "unsupported");
}
