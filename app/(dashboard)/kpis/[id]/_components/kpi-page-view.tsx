"use client";

import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { KpiByScope } from "@/components/kpi/kpi-by-scope";
import { seriesLabel } from "@/components/kpi/kpi-words";
import { useNamePage } from "@/components/shell/page-name";
import { UnreadPage } from "@/components/states/unread-page";
import { kpiQuery } from "@/lib/queries/kpis";
import { KpiContributors } from "./kpi-contributors";
import { KpiFacts } from "./kpi-facts";
import { KpiTargets } from "./kpi-targets";
import { KpiTrend } from "./kpi-trend";

const SHOWN_KEYS = 50;

/** One KPI: definition, figure with all that it rests on, trend, breakdown, and exactly what is behind it. */
export function KpiPageView({ id }: { id: string }) {
  const { data: kpi, error, refetch, isFetching } = useQuery(kpiQuery(id));
  const [chosen, setChosen] = useState<string | null>(null);
  useNamePage(`/kpis/${id}`, kpi?.title);
  if (!kpi)
    return <UnreadPage what="KPI" error={error} onRetry={() => void refetch()} retrying={isFetching} rows={14} />;
  const value = kpi.values.find(({ series }) => series === chosen) ?? kpi.values[0];
  const options = kpi.values.map(({ series }) => ({ value: series, label: seriesLabel(series) }));
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={kpi.definition}>
          {kpi.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {options.length > 1 && (
          <Select
            ariaLabel="Value"
            selectedOption={options.find((option) => option.value === value?.series) ?? null}
            options={options}
            filteringType={options.length > 10 ? "auto" : "none"}
            onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)}
          />
        )}
        {value && <KpiFacts kpi={kpi} value={value} />}
        {value && <KpiTrend kpi={kpi} series={value.series} />}
        {value && <KpiContributors id={kpi.id} unit={kpi.unit} series={value.series} key={value.series} />}
        {value && <KpiByScope kpis={[kpi]} heading="Breakdown" series={value.series} shown={SHOWN_KEYS} />}
        <Container header={<Header variant="h2">Targets</Header>}>
          <KpiTargets id={kpi.id} />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}
