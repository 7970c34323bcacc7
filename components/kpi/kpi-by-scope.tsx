"use client";

import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { formatDecimal, formatKpiFigure } from "@/components/ui/figures";
import type { KpiView } from "@/lib/contracts/kpis";
import { parseDecimal } from "@/lib/domain/money";
import { kpiBreakdownQuery } from "@/lib/queries/kpis";
import type { KpiDimension } from "@/lib/queries/kpis.keys";
import { gapsInWords } from "./kpi-words";

const DIMENSIONS: readonly { value: KpiDimension; label: string }[] = [
  { value: "account", label: "Account" },
  { value: "owner", label: "Owner" },
  { value: "region", label: "Region" },
  { value: "environment", label: "Environment" },
  { value: "engine", label: "Engine" },
];
const SHOWN = 8;

/** One figure (of several, to choose from) by account, owner, region, environment or engine, worst first. `series` limits it to one of its values. */
export function KpiByScope({
  kpis,
  heading = "Where it is worst",
  series,
  shown = SHOWN,
}: {
  kpis: readonly KpiView[];
  heading?: string;
  series?: string;
  shown?: number;
}) {
  const [kpiId, setKpiId] = useState(kpis[0]?.id ?? "");
  const [by, setBy] = useState<KpiDimension>("account");
  const kpi = kpis.find(({ id }) => id === kpiId);
  const { data, error, refetch, isFetching, isPending } = useQuery({
    ...kpiBreakdownQuery(kpiId, by),
    enabled: kpi !== undefined,
  });
  if (!kpi) return null;
  const rows = (data?.rows ?? [])
    .flatMap(({ key, label, values }) => values.map((value) => ({ key, label, value })))
    .filter(({ value }) => series === undefined || value.series === series)
    .sort((a, b) => worstFirst(kpi, a.value.value, b.value.value));
  const kpiOptions = kpis.map(({ id, title }) => ({ value: id, label: title }));
  return (
    <Table
      variant="container"
      items={rows.slice(0, shown)}
      trackBy={({ key, value }) => `${key} ${value.series}`}
      wrapLines
      loading={isPending}
      loadingText="Reading"
      ariaLabels={{ tableLabel: `${kpi.title} by ${by}, worst first` }}
      header={<Header variant="h2">{heading}</Header>}
      filter={
        <SpaceBetween direction="horizontal" size="xs">
          {kpis.length > 1 && (
            <Select
              ariaLabel="Figure"
              selectedOption={kpiOptions.find(({ value }) => value === kpiId) ?? null}
              options={kpiOptions}
              onChange={({ detail }) => setKpiId(detail.selectedOption.value ?? kpiId)}
            />
          )}
          <Select
            ariaLabel="Split by"
            selectedOption={DIMENSIONS.find(({ value }) => value === by) ?? null}
            options={DIMENSIONS}
            onChange={({ detail }) =>
              setBy(DIMENSIONS.find(({ value }) => value === detail.selectedOption.value)?.value ?? by)
            }
          />
        </SpaceBetween>
      }
      columnDefinitions={[
        {
          id: "scope",
          header: DIMENSIONS.find(({ value }) => value === by)?.label ?? by,
          isRowHeader: true,
          cell: ({ label, value }) => (
            <span title={label}>
              {label}
              {value.series && series === undefined ? ` (${value.series})` : ""}
            </span>
          ),
          maxWidth: 240,
        },
        {
          id: "figure",
          header: kpi.title,
          cell: ({ value }) =>
            value.value === null ? (
              <span title={value.unavailable ?? ""}>not available</span>
            ) : (
              formatKpiFigure(value.value, kpi.unit, value.series)
            ),
        },
        {
          id: "ratio",
          header: "Based on",
          cell: ({ value }) =>
            value.denominator === null
              ? "–"
              : `${formatDecimal(value.numerator ?? "0", 1)} / ${formatDecimal(value.denominator, 1)}`,
        },
        {
          id: "gaps",
          header: "Not included",
          cell: ({ value }) => gapsInWords(value).join(", ") || "–",
          maxWidth: 180,
        },
      ]}
      empty={
        error ? (
          <ErrorState error={error} what="This split" onRetry={() => void refetch()} retrying={isFetching} />
        ) : (
          <AllClear title="Nothing to split" />
        )
      }
      footer={rows.length > shown ? `${shown} of ${rows.length} shown` : undefined}
    />
  );
}

/** Figures that cannot be computed come last: they are no verdict. */
function worstFirst(kpi: KpiView, a: string | null, b: string | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  const order = parseDecimal(a).comparedTo(parseDecimal(b));
  return kpi.direction === "down-is-good" ? -order : order;
}
