"use client";

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { sentenceCase } from "@/components/broker/labels";
import { ErrorState } from "@/components/states/error-state";
import { formatInstant } from "@/components/ui/times";
import { brokerEventsQuery } from "@/lib/queries/brokers";

const CATEGORIES: Readonly<Record<string, string>> = {
  issue: "Issue",
  investigation: "Investigation",
  accountNotification: "Notification",
  scheduledChange: "Scheduled change",
};

/** What AWS Health announced about the broker, newest first. */
export function BrokerNotices({ id }: { id: string }) {
  const { data, error, refetch, isFetching, isPending } = useQuery(brokerEventsQuery(id));
  const items = data?.notices.items ?? [];
  return (
    <Table
      variant="borderless"
      items={items}
      trackBy="id"
      wrapLines
      loading={isPending}
      loadingText="Reading the notices"
      ariaLabels={{ tableLabel: "Notices of AWS" }}
      header={
        <Header
          variant="h3"
          counter={data ? `(${items.length})` : undefined}
          description={data ? readText(data.notices) : undefined}
        >
          By AWS
        </Header>
      }
      columnDefinitions={[
        { id: "type", header: "Notice", isRowHeader: true, minWidth: 260, cell: ({ typeCode }) => typeCode },
        { id: "category", header: "Kind", width: 200, cell: ({ category }) => CATEGORIES[category] ?? category },
        { id: "status", header: "Status", width: 120, cell: ({ status }) => (status ? sentenceCase(status) : "–") },
        { id: "start", header: "From", width: 200, cell: ({ startAt }) => (startAt ? formatInstant(startAt) : "–") },
        { id: "end", header: "Until", width: 200, cell: ({ endAt }) => (endAt ? formatInstant(endAt) : "–") },
      ]}
      empty={
        error ? (
          <ErrorState error={error} what="Notices of AWS" onRetry={() => void refetch()} retrying={isFetching} />
        ) : (
          <Box textAlign="center" color="text-body-secondary">
            {data?.notices.readUntil
              ? "AWS Health has announced nothing about this broker."
              : "AWS Health was not read for this account."}
          </Box>
        )
      }
    />
  );
}

function readText({ readUntil, notRead }: { readUntil: string | null; notRead: string | null }): string {
  const until = readUntil ? `AWS Health, read until ${formatInstant(readUntil)}.` : "AWS Health.";
  return notRead ? `${until} Last reading: ${notRead}.` : until;
}
