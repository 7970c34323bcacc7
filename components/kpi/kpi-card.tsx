"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { InfoLink } from "@/components/shell/help";
import { AppLink } from "@/components/ui/app-link";
import { formatKpiFigure, kpiFigure } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { Status } from "@/components/ui/status";
import type { KpiView } from "@/lib/contracts/kpis";
import { kpiHelp } from "./kpi-help";
import {
  gapsInShort,
  gapsInWords,
  ratioInWords,
  seriesLabel,
  type TrendPoint,
  targetVerdict,
  trendInWords,
} from "./kpi-words";

type KpiValue = KpiView["values"][number];
export interface KpiTrend {
  series: string;
  points: readonly TrendPoint[];
}

/**
 * One KPI with everything needed to defend it: figure, ratio in words, unknowns, exclusions, target, trend, time of the data, definition. `link` leads
 * from its title to its own page.
 */
export function KpiCard({ kpi, trend, link = false }: { kpi: KpiView; trend: readonly KpiTrend[]; link?: boolean }) {
  const [only] = kpi.values;
  return (
    <Container
      fitHeight
      header={
        <Header variant="h3" headingTagOverride="h2" info={<InfoLink topic={kpiHelp(kpi)} />}>
          {link ? (
            <AppLink href={`/kpis/${kpi.id}`} fontSize="inherit">
              {kpi.title}
            </AppLink>
          ) : (
            kpi.title
          )}
        </Header>
      }
    >
      {kpi.values.length === 0 && <Unavailable reason="Nothing to compute it from yet." />}
      {kpi.values.length === 1 && only && <Single kpi={kpi} value={only} points={pointsOf(trend, only.series)} />}
      {kpi.values.length > 1 && <Several kpi={kpi} trend={trend} />}
    </Container>
  );
}

function Single({ kpi, value, points }: { kpi: KpiView; value: KpiValue; points: readonly TrendPoint[] }) {
  const verdict = targetVerdict(kpi, value);
  return (
    <SpaceBetween size="xs">
      {value.value === null ? (
        <Unavailable reason={value.unavailable ?? "No reason was given."} />
      ) : (
        <>
          <Figure value={value.value} unit={kpi.unit} series={value.series} />
          {verdict && <Status type={verdict.met ? "success" : "warning"}>{verdict.text}</Status>}
        </>
      )}
      <Sparkline
        points={points}
        label={trendInWords(kpi.title, kpi.unit, points, value.series)}
        width={220}
        height={40}
        wide
      />
      <Words kpi={kpi} value={value} />
    </SpaceBetween>
  );
}

function Figure({ value, unit, series }: { value: string; unit: string; series: string }) {
  const text = kpiFigure(value, unit, series);
  return (
    <Box fontSize="heading-xl" fontWeight="bold">
      {text.figure}
      {text.unit && (
        <Box variant="span" fontSize="body-m" fontWeight="normal" color="text-body-secondary">
          {" "}
          {text.unit}
        </Box>
      )}
    </Box>
  );
}

function Several({ kpi, trend }: { kpi: KpiView; trend: readonly KpiTrend[] }) {
  return (
    <div className="mqs-cards">
      {kpi.values.map((value) => {
        const points = pointsOf(trend, value.series);
        return (
          <div key={value.series}>
            <div style={{ display: "flex", justifyContent: "space-between", alignItems: "center", gap: 12 }}>
              <Box variant="awsui-key-label">{seriesLabel(value.series)}</Box>
              <Sparkline
                points={points}
                label={trendInWords(`${kpi.title}, ${seriesLabel(value.series)}`, kpi.unit, points, value.series)}
                width={96}
                height={24}
              />
            </div>
            {value.value === null ? (
              <Unavailable small reason={value.unavailable ?? "No reason was given."} />
            ) : (
              <Box fontSize="heading-m" fontWeight="bold">
                {formatKpiFigure(value.value, kpi.unit, value.series)}
              </Box>
            )}
            <Words kpi={kpi} value={value} short />
          </div>
        );
      })}
    </div>
  );
}

function Words({ kpi, value, short = false }: { kpi: KpiView; value: KpiValue; short?: boolean }) {
  // Numerator and denominator of a figure that is not available would read like a figure.
  const ratio = value.value === null ? null : ratioInWords(kpi, value);
  const gaps = gapsInShort(value);
  const details = [
    ...(ratio !== null && kpi.unit === "percent" && kpi.numeratorLabel ? [`Counted: ${kpi.numeratorLabel}`] : []),
    ...gapsInWords(value),
    ...value.caveats,
  ];
  return (
    <div>
      {ratio && <Line>{ratio}</Line>}
      {gaps && <Line>{gaps}</Line>}
      {value.asOf && !short && (
        <Line>
          Oldest fact of <Instant at={value.asOf} />
        </Line>
      )}
      {(value.parts.length > 0 || details.length > 0) && (
        <ExpandableSection
          headerText={<Box variant="small">Details</Box>}
          headerAriaLabel={`Details of ${kpi.title}${value.series ? `, ${seriesLabel(value.series)}` : ""}`}
        >
          {value.parts.map(({ label, value: part, unit }) => (
            <Line key={label}>
              {label}: {formatKpiFigure(part, unit, value.series)}
            </Line>
          ))}
          {details.map((detail) => (
            <Line key={detail}>{detail}</Line>
          ))}
        </ExpandableSection>
      )}
    </div>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <Box variant="small" display="block" color="text-body-secondary">
      {children}
    </Box>
  );
}

function Unavailable({ reason, small = false }: { reason: string; small?: boolean }) {
  return (
    <div>
      <Box fontSize={small ? "body-m" : "heading-m"} fontWeight="bold" color="text-status-inactive">
        Not available
      </Box>
      <Line>{reason}</Line>
    </div>
  );
}

function pointsOf(trend: readonly KpiTrend[], series: string): readonly TrendPoint[] {
  return trend.find((line) => line.series === series)?.points ?? [];
}
