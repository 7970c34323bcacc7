import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { type Block, type Cell, figure, type Section, unknownFigure } from "@/lib/domain/report-document";
import type { KpiDrill, KpiIncident } from "@/lib/kpis/define-kpi";
import { registerBasis } from "@/lib/kpis/register-basis";
import type { KpiLine } from "@/lib/reports/kpi-lines";
import type { ReportFacts } from "@/lib/reports/report-facts";
import { column, dayOf, table, topOf } from "@/lib/reports/tables";

/** Why the register says nothing of the quarter; null where it is attested and every suggestion was reviewed. */
export function registerGap(facts: ReportFacts): string | null {
  return registerBasis(facts.fleet).reason;
}

/** Incidents that began in the quarter, by time. */
export function incidentsOfQuarter({ fleet, quarter }: ReportFacts): KpiIncident[] {
  return (fleet.register?.incidents ?? [])
    .filter(({ startedAt }) => inQuarter(plainDateFromInstantUtc(startedAt), quarter))
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || a.id - b.id);
}

/** Drills run or planned in the quarter, by day. */
export function drillsOfQuarter({ fleet, quarter }: ReportFacts): KpiDrill[] {
  return (fleet.register?.drills ?? [])
    .filter((drill) => inQuarter(drillDay(drill), quarter))
    .sort((a, b) => (drillDay(a) < drillDay(b) ? -1 : 1));
}

function drillDay({ startedAt, plannedOn }: KpiDrill): string {
  return startedAt === null ? plannedOn : dayOf(startedAt);
}

function inQuarter(day: string, { start, endExclusive }: { start: PlainDate; endExclusive: PlainDate }): boolean {
  return day >= start && day < endExclusive;
}

/** What went wrong, and what was practised. */
export function registerSection(facts: ReportFacts, lines: readonly KpiLine[]): Section {
  const gap = registerGap(facts);
  const blocks: Block[] =
    gap === null
      ? []
      : [
          {
            kind: "text",
            text: `${gap} What is listed here may be incomplete, and no figure is made of it: an empty register is not a perfect quarter.`,
          },
        ];
  return {
    id: "incidents",
    title: "Incidents and drills",
    group: "report",
    blocks: [...blocks, registerKpis(lines), incidentTable(facts), drillTable(facts)],
  };
}

function registerKpis(lines: readonly KpiLine[]): Block {
  const ids = ["downtime-incidents", "version-incidents", "failover-recovery-time", "drill-coverage", "sla-adherence"];
  const shown = ids.flatMap((id) => lines.filter(({ kpi }) => kpi.id === id));
  return table({
    id: "register-kpis",
    title: "Availability figures",
    columns: [
      column("kpi", "KPI", "text", 3),
      column("value", "Quarter", "figure", 1.4),
      column("previous", "Quarter before", "figure", 1.4),
      column("n", "n", "figure", 0.7),
    ],
    rows: shown.map(({ label, figure: value, previous, denominator }): Cell[] => [
      label,
      value,
      previous,
      denominator === null ? null : figure("count", denominator),
    ]),
    empty: "No figure rests on the register.",
  });
}

function incidentTable(facts: ReportFacts): Block {
  return topOf(
    {
      id: "incidents",
      title: `Incidents that began in ${facts.quarter.name}`,
      columns: [
        column("started", "Started", "date", 1.1),
        column("title", "Incident", "text", 3.4),
        column("cause", "Cause", "text", 1.6),
        column("planned", "Planned", "text", 0.9),
        column("minutes", "Lasted", "figure", 1.4),
        column("brokers", "Brokers", "figure", 0.9),
      ],
      list: "incidents",
      empty: "None is recorded.",
    },
    incidentsOfQuarter(facts),
    (incident) => [
      dayOf(incident.startedAt),
      incident.title,
      causeLabel(incident.cause),
      incident.planned ? "Yes" : "No",
      minutesOf(incident.startedAt, incident.endedAt, "It had not ended."),
      figure("count", incident.brokers.length),
    ],
  );
}

function drillTable(facts: ReportFacts): Block {
  return topOf(
    {
      id: "drills",
      title: `Fail-over drills of ${facts.quarter.name}`,
      columns: [
        column("day", "Day", "date", 1.1),
        column("brokers", "Brokers", "text", 4),
        column("recovery", "Recovered after", "figure", 1.6),
        column("successful", "Successful", "text", 1.1),
      ],
      list: "drills",
      empty: "None is recorded.",
    },
    drillsOfQuarter(facts),
    (drill) => [
      drillDay(drill),
      drill.brokers.map(({ id }) => brokerName(facts, id)).join(", "),
      drill.startedAt === null
        ? unknownFigure("minutes", "It was not run.")
        : minutesOf(drill.startedAt, drill.recoveredAt, "Recovery was not recorded."),
      drill.successful === null ? "Not run" : drill.successful ? "Yes" : "No",
    ],
  );
}

/** A broker's name by its id in the database. */
export function brokerName({ fleet }: Pick<ReportFacts, "fleet">, id: number): string {
  return fleet.brokers.find((broker) => broker.id === id)?.snapshot.attributes.name ?? `Broker ${id}`;
}

/** "Broker failure". */
export function causeLabel(cause: string): string {
  const words = cause.replaceAll("-", " ").replace("aws", "AWS");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function minutesOf(from: Date, until: Date | null, unknown: string) {
  if (until === null) return unknownFigure("minutes", unknown);
  return figure("minutes", Math.round((until.getTime() - from.getTime()) / 60_000));
}
