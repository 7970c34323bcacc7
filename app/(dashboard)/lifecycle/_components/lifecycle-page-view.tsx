"use client";

import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { CutFilter } from "@/components/list/cut-filter";
import { InvalidAddress } from "@/components/list/invalid-address";
import { useCutUrl } from "@/components/list/use-cut-url";
import { NeverSynced, NothingMatches } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { IncompleteNotice } from "@/components/states/incomplete-notice";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { formatNumberOf } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { LifecycleView } from "@/lib/contracts/lifecycle";
import { lifecycleQuery } from "@/lib/queries/lifecycle";
import { BrokersOnLines } from "./brokers-on-lines";
import { CalendarFeed } from "./calendar-feed";
import { ExposureByQuarter } from "./exposure-by-quarter";
import { LifecycleTimeline } from "./lifecycle-timeline";

/** Until when AWS supports what brokers run, who runs it, and what that means for the coming quarters. */
export function LifecyclePageView() {
  const url = useCutUrl();
  const { data, error, refetch, isFetching } = useQuery(lifecycleQuery(url.cut));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The lifecycle page" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the lifecycle" rows={14} />
    );
  }
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={describe(data)}>
          Lifecycle
        </Header>
      }
    >
      {data.freshness.everSynced ? (
        <SpaceBetween size="l">
          <InvalidAddress url={url} />
          <IncompleteNotice freshness={data.freshness} />
          <CutFilter url={url} />
          {data.brokers === 0 && <NothingMatches what="brokers" onClear={url.clear} />}
          <LifecycleTimeline data={data} />
          <ExposureByQuarter data={data} cut={url.cut} />
          <BrokersOnLines data={data} cut={url.cut} />
          <CalendarFeed data={data} cut={url.cut} />
        </SpaceBetween>
      ) : (
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      )}
    </ContentLayout>
  );
}

function describe({ brokers, exclusions, asOf, freshness }: LifecycleView): string {
  if (!freshness.everSynced) return "Until when AWS supports engine lines and instance types, and who runs them";
  const others = exclusions.map(({ reason, count }) => `${reason.toLowerCase()}: ${count}`).join("; ");
  return `${formatNumberOf(brokers, "broker")} in scope${others ? ` (not counted: ${others})` : ""}. As of ${formatInstant(asOf)}`;
}
