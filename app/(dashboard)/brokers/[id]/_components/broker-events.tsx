"use client";

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { factText } from "@/components/broker/fact-text";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { CodeWords } from "@/components/ui/code-words";
import { Status } from "@/components/ui/status";
import { formatInstant } from "@/components/ui/times";
import { brokerEventsQuery } from "@/lib/queries/brokers";

/** Who did what to the broker, newest first, as CloudTrail recorded it. */
export function BrokerEvents({ id }: { id: string }) {
  const { data, error, refetch, isFetching, isPending } = useQuery(brokerEventsQuery(id));
  const items = data?.items ?? [];
  return (
    <Table
      variant="borderless"
      items={items}
      trackBy="id"
      wrapLines
      loading={isPending}
      loadingText="Reading the events"
      ariaLabels={{ tableLabel: "Events" }}
      header={
        <Header variant="h3" counter={data ? `(${items.length})` : undefined} description={readText(data)}>
          By people and programs
        </Header>
      }
      columnDefinitions={[
        {
          id: "name",
          header: "Operation",
          isRowHeader: true,
          width: 200,
          cell: ({ name, refused }) => (
            <div>
              {name}
              {refused && <Status type="warning">{`Refused: ${refused}`}</Status>}
            </div>
          ),
        },
        {
          id: "actor",
          header: "By",
          width: 240,
          cell: ({ actor, actorArn, sourceIp }) => (
            <div className="mqs-break">
              {actor ?? "Not told"}
              {(actorArn || sourceIp) && (
                <Box variant="small" display="block" color="text-body-secondary">
                  <CodeWords text={[actorArn, sourceIp].filter(Boolean).join(", from ")} />
                </Box>
              )}
            </div>
          ),
        },
        {
          id: "summary",
          header: "Asked for",
          minWidth: 200,
          cell: ({ summary }) => (
            <span className="mqs-break">{Object.keys(summary).length === 0 ? "–" : factText(summary)}</span>
          ),
        },
        { id: "at", header: "When", width: 200, cell: ({ at }) => formatInstant(at) },
      ]}
      empty={
        error ? (
          <ErrorState error={error} what="Events of this broker" onRetry={() => void refetch()} retrying={isFetching} />
        ) : data && data.readUntil === null ? (
          <Box textAlign="center" color="text-body-secondary">
            CloudTrail was not read yet for this account and region.
          </Box>
        ) : (
          <AllClear title="No events">CloudTrail names nobody who changed or rebooted this broker.</AllClear>
        )
      }
    />
  );
}

function readText(data: { readUntil: string | null; notRead: string | null } | undefined): string | undefined {
  if (!data) return undefined;
  const until = data.readUntil ? `CloudTrail, read until ${formatInstant(data.readUntil)}.` : "CloudTrail.";
  return data.notRead ? `${until} The last reading failed: ${data.notRead}` : until;
}
