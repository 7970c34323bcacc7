"use client";

import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { attributeLabel, sentenceCase } from "@/components/broker/labels";
import { UnreadPage } from "@/components/states/unread-page";
import { RunStatus } from "@/components/sync/sync-marks";
import { formatAmount, formatCount } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatInstant, formatSpan } from "@/components/ui/times";
import type { SyncItem } from "@/lib/contracts/syncs";
import { syncQuery } from "@/lib/queries/syncs";
import { SyncProgress } from "../../_components/sync-progress";
import { SyncOutcomes } from "./sync-outcomes";

/** One sync: live while it runs, then what came of every source, account and region, and what it cost. */
export function SyncView({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(syncQuery(id));
  if (!data) return <UnreadPage what="sync" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const { sync } = data;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`Data as of ${formatInstant(sync.asOf)}`}
          info={<RunStatus status={sync.status} />}
        >
          Sync {sync.id}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {sync.error && (
          <Alert type="error" header={sync.status === "aborted" ? "This sync was aborted" : "This sync failed"}>
            {sync.error}
          </Alert>
        )}
        {sync.status === "running" && <SyncProgress id={id} />}
        <Container header={<Header variant="h2">Summary</Header>}>
          <KeyValuePairs
            columns={4}
            minColumnWidth={200}
            items={[
              { label: "Status", value: <RunStatus status={sync.status} /> },
              { label: "Started by", value: `${sentenceCase(sync.trigger)} (${sync.actor})` },
              { label: "Started", value: <Instant at={sync.startedAt} /> },
              { label: "Took", value: took(sync) },
              { label: "AWS charges", value: formatAmount(sync.awsChargesUsd, "USD", 4) },
              ...Object.entries(sync.counts).map(([what, count]) => ({
                label: attributeLabel(what),
                value: formatCount(count),
              })),
            ]}
          />
        </Container>
        <SyncOutcomes id={id} />
        <Table
          variant="container"
          items={Object.entries(sync.requests)}
          trackBy={([service]) => service}
          ariaLabels={{ tableLabel: "Requests to AWS" }}
          header={<Header variant="h2">Requests to AWS</Header>}
          columnDefinitions={[
            { id: "service", header: "Service", isRowHeader: true, cell: ([service]) => service },
            { id: "requests", header: "Requests", cell: ([, { requests }]) => formatCount(requests) },
            { id: "retries", header: "Retries", cell: ([, { retries }]) => formatCount(retries) },
            { id: "throttled", header: "Throttled", cell: ([, { throttled }]) => formatCount(throttled) },
            { id: "billable", header: "Billable units", cell: ([, { billableUnits }]) => formatCount(billableUnits) },
          ]}
          empty="No request has been counted yet"
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

function took({ startedAt, finishedAt }: SyncItem): string {
  if (!finishedAt) return "Still running";
  return finishedAt === startedAt ? "–" : formatSpan(startedAt, finishedAt);
}
