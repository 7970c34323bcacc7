"use client";

import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { gapsInShort, ratioInWords, seriesLabel, targetVerdict } from "@/components/kpi/kpi-words";
import { NeverSynced } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { IncompleteNotice } from "@/components/states/incomplete-notice";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { formatKpiFigure } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { KpiView } from "@/lib/contracts/kpis";
import { kpisQuery } from "@/lib/queries/kpis";

/** Values shown of a KPI with many; its own page shows all. */
const SHOWN = 4;

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
          description={data.freshness.everSynced ? `As of ${formatInstant(data.asOf)}` : "What is measured, and how"}
        >
          KPIs
        </Header>
      }
    >
      {data.freshness.everSynced ? (
        <SpaceBetween size="l">
          <IncompleteNotice freshness={data.freshness} />
          <Figures kpis={data.items} />
        </SpaceBetween>
      ) : (
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      )}
    </ContentLayout>
  );
}

function Figures({ kpis }: { kpis: readonly KpiView[] }) {
  return (
    <Table
      variant="container"
      items={kpis}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: "KPIs" }}
      header={
        <Header variant="h2" counter={`(${kpis.length})`}>
          All KPIs
        </Header>
      }
      columnDefinitions={[
        {
          id: "title",
          header: "KPI",
          isRowHeader: true,
          minWidth: 200,
          cell: ({ id, title }) => <AppLink href={`/kpis/${id}`}>{title}</AppLink>,
        },
        { id: "figure", header: "Now", minWidth: 220, cell: (kpi) => <Now kpi={kpi} /> },
        { id: "target", header: "Target", cell: (kpi) => <Verdict kpi={kpi} /> },
        {
          id: "ratio",
          header: "Of",
          cell: (kpi) => linesOf(kpi, (value) => (value.value === null ? null : ratioInWords(kpi, value))),
        },
        { id: "gaps", header: "Not in it", cell: (kpi) => linesOf(kpi, gapsInShort) },
      ]}
    />
  );
}

function Now({ kpi }: { kpi: KpiView }) {
  const known = kpi.values.filter(({ value }) => value !== null);
  if (known.length === 0) {
    return (
      <div>
        <Box color="text-status-inactive">Not available</Box>
        <Box variant="small">{kpi.values[0]?.unavailable ?? "Nothing to compute it from yet."}</Box>
      </div>
    );
  }
  return (
    <div>
      {known.slice(0, SHOWN).map(({ series, value }) => (
        <div key={series}>
          {series && !/^[A-Z]{3}$/.test(series) ? `${seriesLabel(series)}: ` : ""}
          {formatKpiFigure(value ?? "", kpi.unit, series)}
        </div>
      ))}
      {known.length > SHOWN && (
        <Box variant="small" color="text-body-secondary">
          and {known.length - SHOWN} more
        </Box>
      )}
    </div>
  );
}

function Verdict({ kpi }: { kpi: KpiView }) {
  const [first] = kpi.values;
  if (kpi.target === null) return "–";
  const verdict = first ? targetVerdict(kpi, first) : null;
  return verdict ? (
    <StatusIndicator type={verdict.met ? "success" : "warning"}>{verdict.text}</StatusIndicator>
  ) : (
    formatKpiFigure(String(kpi.target), kpi.unit, first?.series)
  );
}

function linesOf(kpi: KpiView, text: (value: KpiView["values"][number]) => string | null) {
  const lines = [...new Set(kpi.values.slice(0, SHOWN).flatMap((value) => text(value) ?? []))];
  return lines.length === 0 ? "–" : lines.map((line) => <div key={line}>{line}</div>);
}
