"use client";

import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { sentenceCase } from "@/components/broker/labels";
import { PagedTable } from "@/components/list/paged-table";
import { InfoLink } from "@/components/shell/help";
import { useRefusal } from "@/components/shell/use-refusal";
import { NeverSynced } from "@/components/states/empty-states";
import { outcomeLabel, RunStatus } from "@/components/sync/sync-marks";
import { useStartSync } from "@/components/sync/use-start-sync";
import { AppLink } from "@/components/ui/app-link";
import { formatAmount } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatSpan } from "@/components/ui/times";
import { type SyncItem, syncListQuery } from "@/lib/contracts/syncs";
import { actorLabel } from "@/lib/domain/actor-label";
import { RUN_STATUSES } from "@/lib/domain/sync";
import { searchRecord } from "@/lib/queries/list-search";
import { syncsQuery } from "@/lib/queries/syncs";
import { type SyncListInput, syncSearch } from "@/lib/queries/syncs.keys";
import { SyncProgress } from "./sync-progress";

const ALL = { value: "", label: "Any status" };
const STATUSES = [ALL, ...RUN_STATUSES.map((value) => ({ value, label: sentenceCase(value) }))];
const COST_HELP = {
  title: "What syncs cost",
  body: (
    <div>
      <p>Reading brokers is free. Two of the sources are billed by AWS to the account that is read from:</p>
      <ul>
        <li>Cost Explorer: $0.01 for each request.</li>
        <li>CloudWatch: $0.01 for each 1,000 metrics requested.</li>
      </ul>
      <p>Both are read once a day. The figures are counted from the requests made, at these list prices.</p>
    </div>
  ),
};

/** All syncs, newest first, with the one that runs on top. */
export function SyncsView() {
  const pathname = usePathname();
  const search = useSearchParams();
  const parsed = syncListQuery.safeParse(searchRecord(new URLSearchParams(search)));
  const input: SyncListInput = parsed.success ? parsed.data : syncListQuery.parse({});
  const page = Math.max(1, Number(search.get("page")) || 1);
  const reading = useQuery(syncsQuery(input));
  const { data } = reading;
  const { start, starting } = useStartSync();
  const refusal = useRefusal("syncs:start");
  const go = (next: SyncListInput, nextPage = 1) => {
    const text = new URLSearchParams(syncSearch(next));
    if (nextPage > 1) text.set("page", String(nextPage));
    window.history.pushState(null, "", `${pathname}?${text}`);
  };
  const running = data?.items.find(({ status }) => status === "running");
  if (data && data.total === 0 && !input.status) {
    return (
      <SpaceBetween size="l">
        <Header variant="h1">Syncs</Header>
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      </SpaceBetween>
    );
  }
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<InfoLink topic={COST_HELP} />}
          description={
            data ? `AWS charges of this month's syncs: ${formatAmount(data.monthChargesUsd, "USD", 4)}` : undefined
          }
          actions={
            <Button
              variant="primary"
              onClick={start}
              loading={starting}
              disabled={refusal !== undefined || running !== undefined}
              disabledReason={refusal ?? "A sync is running."}
            >
              Sync now
            </Button>
          }
        >
          Syncs
        </Header>
      }
    >
      <SpaceBetween size="l">
        {running && <SyncProgress id={String(running.id)} link />}
        <PagedTable
          variant="container"
          reading={reading}
          what="syncs"
          place={{ listKey: input.status ?? "", page, cursor: input.cursor, limit: input.limit }}
          goTo={(next, cursor) => go({ ...input, cursor }, next)}
          filtered={input.status !== undefined}
          onClear={() => go({ limit: input.limit })}
          allClear={null}
          trackBy={({ id }) => String(id)}
          wrapLines
          ariaLabels={{ tableLabel: "Syncs" }}
          header={
            <Header variant="h2" counter={data ? `(${data.total})` : undefined}>
              All syncs
            </Header>
          }
          filter={
            <Select
              ariaLabel="Status"
              selectedOption={STATUSES.find(({ value }) => value === (input.status ?? "")) ?? ALL}
              options={STATUSES}
              onChange={({ detail }) => go({ limit: input.limit, status: detail.selectedOption.value || undefined })}
            />
          }
          columnDefinitions={[
            {
              id: "id",
              header: "Sync",
              isRowHeader: true,
              minWidth: 105,
              cell: ({ id }) => <AppLink href={`/syncs/${id}`}>{`Sync ${id}`}</AppLink>,
            },
            { id: "status", header: "Status", minWidth: 135, cell: ({ status }) => <RunStatus status={status} /> },
            { id: "asOf", header: "Data as of", cell: ({ asOf }) => <Instant at={asOf} /> },
            { id: "duration", header: "Took", minWidth: 110, cell: (sync) => duration(sync) },
            {
              id: "trigger",
              header: "Started by",
              minWidth: 130,
              cell: ({ trigger, actor }) => `${sentenceCase(trigger)}, by ${actorLabel(actor)}`,
            },
            { id: "outcomes", header: "Outcomes", cell: ({ outcomes }) => outcomesInWords(outcomes) },
            {
              id: "charges",
              header: "AWS charges",
              minWidth: 100,
              // Cents are split: a request costs one, a metric a thousandth of one.
              cell: ({ awsChargesUsd }) => formatAmount(awsChargesUsd, "USD", Number(awsChargesUsd) === 0 ? 2 : 4),
            },
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

/** A sync of a clock that stands still (the demo's history) has no duration to tell. */
function duration({ startedAt, finishedAt }: SyncItem): string {
  return finishedAt && finishedAt !== startedAt ? formatSpan(startedAt, finishedAt) : "Not timed";
}

/** What was not due or lies in a region that is off is no news. */
const SILENT: ReadonlySet<string> = new Set(["skipped", "region-off"]);

function outcomesInWords(outcomes: SyncItem["outcomes"]): string {
  const parts = Object.entries(outcomes)
    .filter(([status, count]) => count > 0 && !SILENT.has(status))
    .sort(([a], [b]) => Number(b === "complete") - Number(a === "complete"))
    .map(([status, count]) => `${count} ${outcomeLabel(status).toLowerCase()}`);
  return parts.join(", ") || "–";
}
