"use client";

import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { engineLabel, presenceLabel } from "@/components/broker/labels";
import { KpiByScope } from "@/components/kpi/kpi-by-scope";
import { KpiCard } from "@/components/kpi/kpi-card";
import { NeverSynced } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { IncompleteNotice } from "@/components/states/incomplete-notice";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { Overview } from "@/lib/contracts/overview";
import { overviewQuery } from "@/lib/queries/overview";
import { AttentionList } from "./attention-list";
import { ChangesList } from "./changes-list";
import { CostTrendCard } from "./cost-trend-card";
import { SupportLines } from "./support-lines";

/** The state of the fleet: figures first, then cost, what changed, what to do next, and where it is worst. */
export function OverviewView() {
  const { data, error, refetch, isFetching } = useQuery(overviewQuery());
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The overview" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the overview" rows={14} />
    );
  }
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={describe(data)}>
          Overview
        </Header>
      }
    >
      {data.freshness.everSynced ? (
        <Figures data={data} />
      ) : (
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      )}
    </ContentLayout>
  );
}

function Figures({ data }: { data: Overview }) {
  const single = data.kpis.filter(({ values }) => values.length <= 1);
  const several = data.kpis.filter(({ values }) => values.length > 1);
  return (
    <SpaceBetween size="l">
      <IncompleteNotice freshness={data.freshness} />
      <section aria-label="Key figures" className="mqs-figures">
        {[...single, ...several].map((kpi) => (
          <div key={kpi.id} className={kpi.values.length > 1 ? "mqs-wide" : undefined}>
            <KpiCard kpi={kpi} trend={kpi.trend} link />
          </div>
        ))}
      </section>
      <Box textAlign="right">
        <AppLink href="/kpis">All KPIs</AppLink>
      </Box>
      <CostTrendCard />
      <AttentionList data={data} />
      <ChangesList data={data} />
      <div className="mqs-halves">
        <SupportLines lines={data.lines} />
        <KpiByScope kpis={data.kpis} />
      </div>
    </SpaceBetween>
  );
}

function describe({ brokers, asOf, freshness }: Overview): string {
  if (!freshness.everSynced) return "Amazon MQ brokers, their support, findings and costs";
  const engines = Object.entries(brokers.byEngine)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([engine, count]) => `${count} ${engineLabel(engine)}`);
  const others = Object.entries(brokers.byPresence)
    .filter(([presence, count]) => presence !== "in-scope" && count > 0)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([presence, count]) => `${count} ${presenceLabel(presence).toLowerCase()}`);
  return `${formatNumberOf(brokers.total, "broker")}: ${[...engines, ...others].join(", ")}. As of ${formatInstant(asOf)}`;
}
