"use client";

import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { KpiTable } from "@/components/kpi/kpi-table";
import { NeverSynced } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { IncompleteNotice } from "@/components/states/incomplete-notice";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { formatInstant } from "@/components/ui/times";
import { kpisQuery } from "@/lib/queries/kpis";

/** Every KPI with its figure, target and gaps; each leads to its own page. */
export function KpisView() {
  const { data, error, refetch, isFetching } = useQuery(kpisQuery());
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The KPIs" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the KPIs" rows={14} />
    );
  }
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            data.freshness.everSynced
              ? `Open a KPI for what is behind it, its trend and its target. As of ${formatInstant(data.asOf)}`
              : "What is measured, and how"
          }
        >
          KPIs
        </Header>
      }
    >
      {data.freshness.everSynced ? (
        <SpaceBetween size="l">
          <IncompleteNotice freshness={data.freshness} />
          <KpiTable kpis={data.items} title="All KPIs" />
        </SpaceBetween>
      ) : (
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      )}
    </ContentLayout>
  );
}
