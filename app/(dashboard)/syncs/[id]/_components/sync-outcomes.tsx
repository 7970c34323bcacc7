"use client";

import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { OutcomeStatus } from "@/components/sync/sync-marks";
import { formatCount } from "@/components/ui/figures";
import type { SyncDetail } from "@/lib/contracts/syncs";
import { syncQuery } from "@/lib/queries/syncs";
import { FIRST_PART, OUTCOMES_PAGE } from "@/lib/queries/syncs.keys";

type Outcome = SyncDetail["outcomes"][number];

/** What came of every source in every account and region of a sync, problems first, with the way out. */
export function SyncOutcomes({ id }: { id: string }) {
  const [part, setPart] = useState(FIRST_PART);
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(syncQuery(id, part));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The outcomes" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the outcomes" height={320} />
    );
  }
  const { outcomes, outcomeCount, problemCount } = data;
  const count = part.show === "problems" ? problemCount : outcomeCount;
  return (
    <Table
      variant="container"
      items={outcomes}
      loading={isPlaceholderData && outcomes.length === 0}
      loadingText="Reading outcomes"
      trackBy={({ source, accountId, region }) => `${source} ${accountId} ${region}`}
      wrapLines
      ariaLabels={{ tableLabel: "Outcomes" }}
      header={
        <Header
          variant="h2"
          counter={`(${formatCount(count)})`}
          description="What fails in one scope leaves the others alone."
        >
          Outcomes by source, account and region
        </Header>
      }
      filter={
        <SegmentedControl
          label="Outcomes shown"
          selectedId={part.show}
          options={[
            { id: "all", text: `All (${formatCount(outcomeCount)})` },
            { id: "problems", text: `Problems (${formatCount(problemCount)})` },
          ]}
          onChange={({ detail }) => setPart({ show: detail.selectedId === "all" ? "all" : "problems", page: 1 })}
        />
      }
      pagination={
        count > OUTCOMES_PAGE && (
          <Pagination
            currentPageIndex={part.page}
            pagesCount={Math.ceil(count / OUTCOMES_PAGE)}
            ariaLabels={{
              paginationLabel: "Pages of outcomes",
              nextPageLabel: "Next page",
              previousPageLabel: "Previous page",
              pageLabel: (number) => `Page ${number}`,
            }}
            onChange={({ detail }) => setPart({ ...part, page: detail.currentPageIndex })}
          />
        )
      }
      columnDefinitions={[
        { id: "status", header: "Outcome", minWidth: 120, cell: ({ status }) => <OutcomeStatus status={status} /> },
        { id: "source", header: "Source", isRowHeader: true, minWidth: 190, cell: ({ sourceTitle }) => sourceTitle },
        {
          id: "account",
          header: "Account",
          minWidth: 95,
          cell: ({ accountId, accountName }) => <span title={accountId}>{accountName ?? accountId}</span>,
        },
        {
          id: "region",
          header: "Region",
          minWidth: 110,
          cell: ({ region }) => <span style={{ whiteSpace: "nowrap" }}>{region || "Global"}</span>,
        },
        {
          id: "items",
          header: "Read",
          minWidth: 70,
          cell: ({ itemCount, expectedCount }) =>
            expectedCount === null
              ? formatCount(itemCount)
              : `${formatCount(itemCount)} of ${formatCount(expectedCount)}`,
        },
        { id: "requests", header: "Requests", minWidth: 90, cell: ({ requestCount }) => formatCount(requestCount) },
        {
          id: "message",
          header: "Message and remedy",
          minWidth: 200,
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
