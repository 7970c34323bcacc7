"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { targetVerdict } from "@/components/kpi/kpi-words";
import { formatAmount, formatCount, formatDecimal, formatKpiFigure } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { Status } from "@/components/ui/status";
import type { KpiView } from "@/lib/contracts/kpis";

/** The figure with everything needed to defend it. */
export function KpiFacts({ kpi, value }: { kpi: KpiView; value: KpiView["values"][number] }) {
  const verdict = targetVerdict(kpi, value);
  return (
    <Container header={<Header variant="h2">Now</Header>}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          minColumnWidth={180}
          items={[
            {
              label: "Value",
              value:
                value.value === null ? (
                  <div>
                    <Status type="pending">Not available</Status>
                    <Box variant="small" display="block">
                      {value.unavailable}
                    </Box>
                  </div>
                ) : (
                  <Box fontSize={kpi.unit === "money-per-month" ? "heading-m" : "heading-xl"} fontWeight="bold">
                    {formatKpiFigure(value.value, kpi.unit, value.series)}
                  </Box>
                ),
            },
            {
              label: "Target",
              value: verdict ? (
                <Status type={verdict.met ? "success" : "warning"}>{verdict.text}</Status>
              ) : kpi.target === null ? (
                "None is set"
              ) : (
                formatKpiFigure(String(kpi.target), kpi.unit, value.series)
              ),
            },
            ...quotientOf(kpi, value),
            { label: "Unknown", value: formatCount(value.unknowns) },
            {
              label: "Left out",
              value:
                value.exclusions.length === 0
                  ? "0"
                  : value.exclusions.map(({ reason, count }) => (
                      <div key={reason}>
                        {reason}: {formatCount(count)}
                      </div>
                    )),
            },
            { label: "Oldest fact", value: <Instant at={value.asOf} /> },
            { label: "Definition", value: `${kpi.id}, version ${kpi.version}` },
          ]}
        />
        {value.parts.length > 0 && (
          <KeyValuePairs
            columns={4}
            minColumnWidth={180}
            items={value.parts.map(({ label, value: part, unit }) => ({
              label,
              value: formatKpiFigure(part, unit, value.series),
            }))}
          />
        )}
        {value.caveats.map((caveat) => (
          <Box key={caveat} variant="small" display="block">
            {caveat}
          </Box>
        ))}
      </SpaceBetween>
    </Container>
  );
}

/** Numerator and denominator; nothing of a KPI that is a plain amount or count. */
function quotientOf(kpi: KpiView, { numerator, denominator, series, value }: KpiView["values"][number]) {
  if (value !== null && denominator === null) return [];
  const isMoney = /^[A-Z]{3}$/.test(series);
  const amount = (text: string) => (isMoney ? formatAmount(text, series) : formatDecimal(text, 2));
  const { numeratorLabel, denominatorLabel } = kpi;
  return [
    {
      label: numeratorLabel ? `Numerator: ${numeratorLabel}` : "Numerator",
      value: numerator === null ? "Unknown" : amount(numerator),
    },
    {
      label: denominatorLabel ? `Denominator: ${denominatorLabel}` : "Denominator",
      value:
        denominator === null ? "Unknown" : kpi.unit === "percent" ? amount(denominator) : formatDecimal(denominator, 2),
    },
  ];
}
