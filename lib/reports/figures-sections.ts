import { countOf } from "@/lib/domain/format-figure";
import {
  type Block,
  type Cell,
  type FigureUnit,
  figure,
  type LinesBlock,
  type Section,
} from "@/lib/domain/report-document";
import { comingQuarters, endsAhead, exposureOf, spendCell, spendOf } from "@/lib/reports/fleet-figures";
import { type KpiLine, lineOfKpi } from "@/lib/reports/kpi-lines";
import type { ReportFacts } from "@/lib/reports/report-facts";
import { column, table } from "@/lib/reports/tables";

/** Shown large on the summary page. */
const HEADLINES = [
  "supported-versions",
  "ha-coverage",
  "owner-coverage",
  "sla-compliance",
  "mttr-critical-cve",
  "cost-run-rate",
];
/** Drawn over time, each alone or with others of its unit. */
const TRENDS: readonly { id: string; title: string; kpis: readonly string[] }[] = [
  { id: "trend-versions", title: "Versions and upgrades", kpis: ["supported-versions", "auto-minor-upgrade"] },
  { id: "trend-availability", title: "Availability", kpis: ["ha-coverage", "mesh-coverage"] },
  { id: "trend-ownership", title: "Ownership", kpis: ["owner-coverage"] },
];

/** The headline figures of the first page. */
export function headlineFigures(lines: readonly KpiLine[]): Block {
  const items = HEADLINES.flatMap((id) =>
    lines
      .filter(({ kpi }) => kpi.id === id)
      .slice(0, 1)
      .map(({ kpi, label, figure, previous, target }) => ({ id: kpi.id, label, figure, previous, target })),
  );
  return { kind: "figures", id: "headlines", items };
}

/** Every KPI beside the quarter before and its target. */
export function kpiSection(facts: ReportFacts, lines: readonly KpiLine[]): Section {
  return {
    id: "kpis",
    title: "Key figures",
    group: "report",
    blocks: [
      table({
        id: "kpis",
        title: `Key figures of ${facts.quarter.name} against ${facts.previous.name} and the targets`,
        columns: [
          column("kpi", "KPI", "text", 3.2),
          column("value", facts.quarter.name, "figure", 1.7),
          column("previous", facts.previous.name, "figure", 1.6),
          column("change", "Change", "figure", 1.4),
          column("target", "Target", "figure", 1.1),
          column("met", "Met", "text", 0.7),
          column("n", "Of", "figure", 0.8),
          column("unknowns", "Unknown", "figure", 0.9),
        ],
        rows: lines.map((line): Cell[] => [
          line.label,
          line.figure,
          line.previous,
          line.change,
          line.target,
          line.met === null ? null : line.met ? "Yes" : "No",
          line.denominator === null || isCurrency(line.series) ? null : figure(countedIn(line), line.denominator),
          line.unknowns === 0 ? null : figure("count", line.unknowns),
        ]),
        note:
          "Shares count what is not known as not met. Figures about a state are those of the newest daily snapshot of the quarter, figures about a period are " +
          "computed over its days. Targets lock at the start of the quarter.",
        empty: "No KPI is defined.",
      }),
      reasons(lines),
    ],
  };
}

/** Figures of money have amounts under the line, not things that were counted. */
function isCurrency(series: string): boolean {
  return /^[A-Z]{3}$/.test(series);
}

/** What stands under the line of a share: things that were counted, or minutes of the quarter. */
function countedIn({ kpi }: KpiLine): FigureUnit {
  return kpi.id === "sla-adherence" ? "minutes" : "count";
}

/** Why figures are missing: an unknown is never left without its reason. */
function reasons(lines: readonly KpiLine[]): Block {
  const unknown = lines.filter(({ figure }) => figure.value === null);
  return table({
    id: "kpi-reasons",
    title: "Figures that could not be computed",
    columns: [column("kpi", "KPI", "text", 2), column("reason", "Why", "text", 4)],
    rows: unknown.map(({ label, figure }) => [label, figure.unknown]),
    empty: "Every figure could be computed.",
  });
}

/** Daily values of this quarter and the one before. */
export function trendSection(facts: ReportFacts, lines: readonly KpiLine[]): Section {
  const percents = TRENDS.map(({ id, title, kpis }) =>
    trend(
      facts,
      id,
      title,
      kpis.flatMap((kpi) => lineOfKpi(lines, kpi) ?? []),
    ),
  );
  const rates = lines
    .filter(({ kpi, figure }) => kpi.id === "cost-run-rate" && figure.currency !== null)
    .map((line) => trend(facts, `trend-run-rate-${line.series}`, "Run rate per month", [line]));
  return {
    id: "trends",
    title: "Trends",
    group: "report",
    blocks: [
      {
        kind: "text",
        text: `One point per day with a snapshot, ${facts.previous.name} and ${facts.quarter.name}. Days without one are gaps.`,
      },
      ...percents,
      ...rates,
    ],
  };
}

function trend(facts: ReportFacts, id: string, title: string, lines: readonly KpiLine[]): LinesBlock {
  const [first] = lines;
  const target = lines.length === 1 ? (first?.target?.value ?? null) : null;
  return {
    kind: "lines",
    id,
    title,
    unit: first?.kpi.unit ?? "percent",
    currency: first?.figure.currency ?? null,
    from: facts.previous.start,
    until: facts.quarter.endExclusive,
    mark: facts.quarter.start,
    target,
    series: lines.map(({ kpi, series, label }) => ({
      label,
      points: facts.kpiPoints
        .filter((point) => point.kpiId === kpi.id && point.series === series)
        .map(({ day, value }) => ({ day, value })),
    })),
    note: null,
  };
}

/** End of support: past, ahead in the next two quarters, and what cannot be known. */
export function exposureSection(facts: ReportFacts): Section {
  const exposure = exposureOf(facts);
  const coming = comingQuarters(facts);
  const last = coming.at(-1);
  const groups: [string, readonly (typeof exposure.later)[number][]][] = [
    ["Past end of support", exposure.pastEndOfSupport],
    ...exposure.quarters.map(({ name, items }): [string, typeof items] => [
      `Ends in ${name}${name === facts.quarter.name ? ", still to come" : ""}`,
      items,
    ]),
    ["Ends later", exposure.later],
    ["No end published", exposure.noEndPublished],
    ["Line not in the calendar", exposure.unknown],
    ["Last observed more than 3 days ago", exposure.stale],
  ];
  return {
    id: "exposure",
    title: "End of support",
    group: "report",
    blocks: [
      {
        kind: "timeline",
        id: "exposure-timeline",
        title: `Ends of support until ${last?.endExclusive ?? facts.quarter.endExclusive}`,
        from: facts.fleet.today,
        until: last?.endExclusive ?? facts.quarter.endExclusive,
        quarters: coming.map(({ name, start, endExclusive }) => ({ name, start, endExclusive })),
        marks: endsAhead(exposure).map(({ label, on, brokers }) => ({
          label,
          on,
          brokers: figure("count", brokers.length),
          spend: spendOf(brokers),
        })),
        note: notKnowable(exposure.notKnowableFrom, exposure.noEndPublished.length),
        empty: "No engine line in use reaches a published end of support in this time.",
      },
      table({
        id: "exposure",
        title: "Brokers in scope by the end of support of their engine line",
        columns: [
          column("group", "End of support", "text", 3),
          column("brokers", "Brokers", "figure"),
          column("spend", "Spend per month", "figure", 2),
        ],
        rows: groups.map(([label, brokers]) => [label, figure("count", brokers.length), spendCell(brokers)]),
        note:
          "Spend on affected brokers, not a loss estimate: their run rate by the last 7 final days before the end of what this report looks at. The key " +
          "figure of that name is the one of the newest daily snapshot, by the final days that were known then.",
        empty: "There are no brokers in scope.",
      }),
    ],
  };
}

function notKnowable(from: string | null, brokers: number): string | null {
  if (from === null) return null;
  return (
    `AWS gives 90 days notice: for ${countOf(brokers, "broker")} without a published end, an end on ${from} or later could not be known from the calendar ` +
    "that was read."
  );
}
