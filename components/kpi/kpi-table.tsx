"use client";

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { AppLink } from "@/components/ui/app-link";
import { formatKpiFigure } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import type { KpiView } from "@/lib/contracts/kpis";
import { gapsInShort, ratioInWords, seriesLabel, targetVerdict } from "./kpi-words";

/** Values shown of a KPI with many; its own page shows all. */
const SHOWN = 4;

/** KPIs with figure, target and gaps, a row each; every one leads to its own page. */
export function KpiTable({
  kpis,
  title,
  description,
}: {
  kpis: readonly KpiView[];
  title: string;
  description?: string;
}) {
  return (
    <Table
      variant="container"
      items={kpis}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: "KPIs" }}
      header={
        <Header variant="h2" counter={`(${kpis.length})`} description={description}>
          {title}
        </Header>
      }
      columnDefinitions={[
        {
          id: "title",
          header: "KPI",
          isRowHeader: true,
          minWidth: 160,
          cell: ({ id, title }) => <AppLink href={`/kpis/${id}`}>{title}</AppLink>,
        },
        { id: "figure", header: "Now", minWidth: 180, cell: (kpi) => <Now kpi={kpi} /> },
        { id: "target", header: "Target", minWidth: 205, cell: (kpi) => <Verdict kpi={kpi} /> },
        {
          id: "ratio",
          header: "Based on",
          cell: (kpi) => linesOf(kpi, (value) => (value.value === null ? null : ratioInWords(kpi, value))),
        },
        { id: "gaps", header: "Not included", minWidth: 120, cell: (kpi) => linesOf(kpi, gapsInShort) },
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
    <Status type={verdict.met ? "success" : "warning"}>{verdict.text}</Status>
  ) : (
    formatKpiFigure(String(kpi.target), kpi.unit, first?.series)
  );
}

function linesOf(kpi: KpiView, text: (value: KpiView["values"][number]) => string | null) {
  const lines = [...new Set(kpi.values.slice(0, SHOWN).flatMap((value) => text(value) ?? []))];
  return lines.length === 0 ? "–" : lines.map((line) => <div key={line}>{line}</div>);
}
