import { Decimal, decimalToText, parseDecimal } from "@/lib/domain/money";
import { type Figure, type FigureUnit, figure, unknownFigure } from "@/lib/domain/report-document";
import type { Kpi, KpiValue } from "@/lib/kpis/define-kpi";
import { KPIS } from "@/lib/kpis/registry";
import type { KpiDay, ReportFacts } from "@/lib/reports/report-facts";

/** KPIs about a period: computed over the quarter itself. All others are those of the newest daily snapshot of the quarter. */
const OVER_THE_QUARTER: ReadonlySet<string> = new Set([
  "sla-compliance",
  "acknowledgement",
  "mttr-by-severity",
  "mttr-critical-cve",
  "non-compliant-brokers",
  "version-incidents",
  "downtime-incidents",
  "failover-recovery-time",
  "drill-coverage",
  "sla-adherence",
]);

/** One value of a KPI in a report, beside the quarter before and the target. */
export interface KpiLine {
  kpi: Kpi;
  series: string;
  label: string;
  figure: Figure;
  previous: Figure;
  /** This quarter less the one before; unknown where one of them is. */
  change: Figure;
  target: Figure | null;
  /** Whether the target is met; null without target or value. */
  met: boolean | null;
  numerator: string | null;
  denominator: string | null;
  unknowns: number;
  parts: KpiValue["parts"];
}

interface Told {
  series: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unknowns: number;
  unavailable: string | null;
  version: number;
  basis: string | null;
  parts: KpiValue["parts"];
}

/** Every KPI of the quarter, series by series, in the order of the registry. Of a KPI with a headline that series alone. */
export function kpiLines(facts: ReportFacts): KpiLine[] {
  return KPIS.flatMap((kpi) => {
    const now = toldOf(kpi, facts, "now");
    const before = toldOf(kpi, facts, "before");
    const shown = kpi.headlineSeries;
    const series = seriesOf([...now, ...before]).filter((name) => shown === undefined || name === shown);
    return series.map((name) => lineOf(kpi, name, facts, of(now, name), of(before, name)));
  });
}

/** The series that have a line. The nameless one says why nothing was computed: beside series with a name it stands for them, and has no line of its own. */
function seriesOf(told: readonly Told[]): string[] {
  const all = [...new Set(told.map(({ series }) => series))];
  const named = all.filter((series) => series !== "");
  const onlyReasons = told.every(({ series, unavailable }) => series !== "" || unavailable !== null);
  return named.length > 0 && onlyReasons ? named : all;
}

/** The line of a KPI and series; undefined where the report has none. */
export function lineOfKpi(lines: readonly KpiLine[], id: string, series?: string): KpiLine | undefined {
  return lines.find((line) => line.kpi.id === id && (series === undefined || line.series === series));
}

/** The value of a named part of a line (median, n ...), as a figure; unknown where the line has no such part. */
export function partOf(line: KpiLine | undefined, label: string, unit: FigureUnit): Figure {
  const part = line?.parts.find((one) => one.label === label);
  return part ? figure(unit, part.value) : unknownFigure(unit, line?.figure.unknown ?? "Not told by the KPI.");
}

function of(told: readonly Told[], series: string): Told | undefined {
  // A KPI that is unavailable as a whole has one nameless value, whatever its series are called when it is not.
  return told.find((one) => one.series === series) ?? told.find((one) => one.series === "" && one.unavailable !== null);
}

function toldOf(kpi: Kpi, facts: ReportFacts, when: "now" | "before"): Told[] {
  if (OVER_THE_QUARTER.has(kpi.id)) {
    return kpi.compute(when === "now" ? facts.fleet : facts.fleetBefore).map((value) => ({
      series: value.series,
      value: text(value.value),
      numerator: text(value.numerator),
      denominator: text(value.denominator),
      unknowns: value.unknowns,
      unavailable: value.unavailable,
      version: kpi.version,
      basis: null,
      parts: value.parts,
    }));
  }
  const days = (when === "now" ? facts.kpiDays : facts.kpiDaysBefore).filter(({ kpiId }) => kpiId === kpi.id);
  if (days.length > 0) return days.map(toldOfDay);
  const { name } = when === "now" ? facts.quarter : facts.previous;
  return [{ ...NOTHING, version: kpi.version, unavailable: `No daily snapshot of ${name} has it.` }];
}

function toldOfDay(row: KpiDay): Told {
  return {
    series: row.series,
    value: plain(row.value),
    numerator: plain(row.numerator),
    denominator: plain(row.denominator),
    unknowns: row.unknowns,
    unavailable: row.unavailable,
    version: row.version,
    basis: `Daily snapshot of ${row.day}`,
    parts: [],
  };
}

/** Without the zeros that fill a column of the database. */
function plain(value: string | null): string | null {
  return value === null ? null : decimalToText(parseDecimal(value));
}

const NOTHING = { series: "", value: null, numerator: null, denominator: null, unknowns: 0, basis: null, parts: [] };

function lineOf(kpi: Kpi, series: string, facts: ReportFacts, now?: Told, before?: Told): KpiLine {
  const unit = kpi.unit;
  const current = figureOf(unit, series, now, facts.quarter.name);
  const previous = figureOf(unit, series, before, facts.previous.name);
  const target = facts.targets.get(kpi.id) ?? null;
  return {
    kpi,
    series,
    label: labelOf(kpi, series),
    figure: current,
    previous,
    change: changeOf(current, previous, now?.version === before?.version),
    target: target === null ? null : figure(unit, target, currencyOf(unit, series)),
    met: target === null || current.value === null ? null : isMet(kpi, current.value, target),
    numerator: now?.numerator ?? null,
    denominator: now?.denominator ?? null,
    unknowns: now?.unknowns ?? 0,
    parts: now?.parts ?? [],
  };
}

function labelOf(kpi: Kpi, series: string): string {
  if (series === "" || kpi.headlineSeries !== undefined || isMoney(kpi.unit)) return kpi.title;
  // Names of applications are written as they are.
  return `${kpi.title}: ${kpi.id === "sla-adherence" ? series : series.replaceAll("-", " ")}`;
}

function figureOf(unit: FigureUnit, series: string, told: Told | undefined, quarter: string): Figure {
  const { currency = null } = currencyOf(unit, series);
  if (!told) return unknownFigure(unit, `It has no value for ${quarter}.`, currency);
  if (told.value === null) return unknownFigure(unit, told.unavailable ?? "No value was computed.", currency);
  const shown = figure(unit, told.value, { n: told.denominator, basis: told.basis });
  return { ...shown, currency };
}

function isMoney(unit: FigureUnit): boolean {
  return unit === "money" || unit === "money-per-month";
}

/** Series of money are currencies. */
function currencyOf(unit: FigureUnit, series: string): { currency?: string } {
  return isMoney(unit) && /^[A-Z]{3}$/.test(series) ? { currency: series } : {};
}

function changeOf(current: Figure, previous: Figure, sameVersion: boolean): Figure {
  const unit = current.unit === "percent" ? "points" : current.unit;
  if (current.value === null) return unknownFigure(unit, "This quarter's value is not known.", current.currency);
  if (previous.value === null)
    return unknownFigure(unit, "The value of the quarter before is not known.", current.currency);
  if (!sameVersion) return unknownFigure(unit, "The KPI was defined differently then.", current.currency);
  const difference = parseDecimal(current.value).minus(parseDecimal(previous.value));
  return { ...figure(unit, decimalToText(difference)), currency: current.currency };
}

function isMet(kpi: Kpi, value: string, target: number): boolean | null {
  const order = parseDecimal(value).comparedTo(new Decimal(target));
  if (kpi.direction === "up-is-good") return order >= 0;
  return kpi.direction === "down-is-good" ? order <= 0 : null;
}

function text(value: Decimal | null): string | null {
  return value === null ? null : decimalToText(value);
}
