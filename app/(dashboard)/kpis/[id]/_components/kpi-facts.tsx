"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { targetVerdict } from "@/components/kpi/kpi-words";
import { formatCount, formatDecimal, formatKpiFigure } from "@/components/ui/figures";
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
                  <Box fontSize="heading-xl" fontWeight="bold">
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
            { label: numeratorLabel(kpi), value: figureOf(value.numerator) },
            { label: denominatorLabel(kpi), value: figureOf(value.denominator) },
            { label: "Unknown", value: formatCount(value.unknowns) },
            {
              label: "Left out",
              value:
                value.exclusions.length === 0
                  ? "0"
                  : value.exclusions.map(({ reason, count }) => (
                      <div key={reason}>
                        {formatCount(count)}: {reason}
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

function numeratorLabel({ numeratorLabel: label }: KpiView): string {
  return label ? `Numerator: ${label}` : "Numerator";
}

function denominatorLabel({ denominatorLabel: label }: KpiView): string {
  return label ? `Denominator: ${label}` : "Denominator";
}

function figureOf(text: string | null): string {
  return text === null ? "–" : formatDecimal(text, 2);
}
