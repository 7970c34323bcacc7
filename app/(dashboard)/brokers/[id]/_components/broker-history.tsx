"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useInfiniteQuery } from "@tanstack/react-query";
import { factText } from "@/components/broker/fact-text";
import { attributeLabel } from "@/components/broker/labels";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { formatInstant } from "@/components/ui/times";
import { brokerChangesQuery } from "@/lib/queries/brokers";
import { BrokerEvents } from "./broker-events";
import { BrokerNotices } from "./broker-notices";

/** What changed of the broker, and who did what to it. */
export function BrokerHistory({ id }: { id: string }) {
  return (
    <SpaceBetween size="l">
      <BrokerChanges id={id} />
      <BrokerEvents id={id} />
      <BrokerNotices id={id} />
    </SpaceBetween>
  );
}

/** What changed of the broker, newest first. A change happened between two observations: both are named. */
function BrokerChanges({ id }: { id: string }) {
  const { data, error, refetch, isFetching, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(brokerChangesQuery(id));
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const total = data?.pages[0]?.total;
  return (
    <Table
      variant="borderless"
      items={items}
      trackBy="id"
      wrapLines
      loading={isPending}
      loadingText="Reading the history"
      ariaLabels={{ tableLabel: "Changes" }}
      header={
        <Header variant="h3" counter={total === undefined ? undefined : `(${total})`}>
          Changes
        </Header>
      }
      columnDefinitions={[
        {
          id: "attribute",
          header: "Attribute",
          isRowHeader: true,
          width: 200,
          cell: ({ attribute }) => attributeLabel(attribute),
        },
        {
          id: "old",
          header: "Before",
          minWidth: 160,
          cell: ({ oldValue }) => <span className="mqs-break">{factText(oldValue)}</span>,
        },
        {
          id: "new",
          header: "After",
          minWidth: 160,
          cell: ({ newValue }) => <span className="mqs-break">{factText(newValue)}</span>,
        },
        {
          id: "when",
          header: "Observed",
          width: 260,
          cell: ({ observedAt, previousObservedAt }) => (
            <div>
              {formatInstant(observedAt)}
              {previousObservedAt && (
                <Box variant="small" display="block" color="text-body-secondary">
                  not yet on {formatInstant(previousObservedAt)}
                </Box>
              )}
            </div>
          ),
        },
      ]}
      empty={
        error ? (
          <ErrorState
            error={error}
            what="The history of this broker"
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <AllClear title="No changes">Nothing about this broker has changed since it was first seen.</AllClear>
        )
      }
      footer={
        hasNextPage && (
          <Box textAlign="center">
            <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
              Show older changes
            </Button>
          </Box>
        )
      }
    />
  );
}
