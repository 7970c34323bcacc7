import { engineDisplayName } from "@/lib/domain/engine-version";
import { countOf, formatFigure, formatLongDay } from "@/lib/domain/format-figure";
import { parseDecimal } from "@/lib/domain/money";
import { instantAtStartUtc } from "@/lib/domain/plain-date";
import type { Figure } from "@/lib/domain/report-document";
import { kpiScope } from "@/lib/kpis/kpi-scope";
import { syncCoverage } from "@/lib/reports/basis-sections";
import { quarterCosts } from "@/lib/reports/cost-section";
import { flowOf, isOverdue } from "@/lib/reports/finding-figures";
import { expiringOf, grantedOf } from "@/lib/reports/findings-sections";
import { comingQuarters, exposureOf, spendOf } from "@/lib/reports/fleet-figures";
import { type KpiLine, lineOfKpi, partOf } from "@/lib/reports/kpi-lines";
import { planCounts } from "@/lib/reports/plans-section";
import { drillsOfQuarter, incidentsOfQuarter, registerGap } from "@/lib/reports/register-section";
import type { ReportFacts } from "@/lib/reports/report-facts";

/**
 * The quarter in plain sentences. Each follows from figures that stand in the report, and from nothing else; what is not known is said to be so, with
 * its reason.
 */
export function summarySentences(facts: ReportFacts, lines: readonly KpiLine[]): string[] {
  return [
    fleetSentence(facts),
    shareSentence(
      lineOfKpi(lines, "supported-versions"),
      "of the brokers run an engine version that AWS supports",
      facts,
    ),
    shareSentence(lineOfKpi(lines, "ha-coverage"), "of the production brokers are highly available", facts),
    shareSentence(lineOfKpi(lines, "owner-coverage"), "of the brokers have an owner by tag or assignment", facts),
    findingsSentence(facts),
    mttrSentence(lineOfKpi(lines, "mttr-critical-cve")),
    deadlineSentence(lineOfKpi(lines, "sla-compliance")),
    acceptanceSentence(facts),
    exposureSentence(facts),
    registerSentence(facts),
    ...costSentences(facts, lines),
    planSentence(facts),
    coverageSentence(facts),
  ];
}

function fleetSentence(facts: ReportFacts): string {
  const { brokers } = kpiScope(facts.fleet);
  const engines = new Map<string, number>();
  for (const { snapshot } of brokers) {
    const engine = engineDisplayName(snapshot.attributes.engine ?? "UNKNOWN");
    engines.set(engine, (engines.get(engine) ?? 0) + 1);
  }
  const byEngine = [...engines]
    .sort((a, b) => b[1] - a[1])
    .map(([engine, count]) => `${count.toLocaleString("en-US")} ${engine}`);
  const places = new Set(brokers.map(({ snapshot }) => snapshot.accountId)).size;
  const regions = new Set(brokers.map(({ snapshot }) => snapshot.region)).size;
  if (brokers.length === 0) return `On ${formatLongDay(facts.lastDay)} no broker was in scope.`;
  return (
    `On ${formatLongDay(facts.lastDay)} ${countOf(brokers.length, "broker")} ${brokers.length === 1 ? "was" : "were"} in scope ` +
    `(${byEngine.join(", ")}) in ${countOf(places, "account")} and ${countOf(regions, "region")}.`
  );
}

/** "93.0 % of the brokers run ... (198 of 213), 2.1 points more than in 2026-Q2; the target of 95.0 % is missed." */
function shareSentence(line: KpiLine | undefined, what: string, facts: ReportFacts): string {
  if (!line) return `What share ${what} is not defined.`;
  if (line.figure.value === null) return `What share ${what} could not be computed: ${reasonOf(line.figure)}`;
  const counts =
    line.numerator === null || line.denominator === null
      ? ""
      : ` (${plain(line.numerator)} of ${plain(line.denominator)})`;
  const unknown = line.unknowns === 0 ? "" : `; for ${countOf(line.unknowns, "broker")} the answer is not known`;
  return `${formatFigure(line.figure)} ${what}${counts}${changeClause(line.change, facts.previous.name)}${targetClause(line)}${unknown}.`;
}

function changeClause(change: Figure, previous: string): string {
  if (change.value === null) return "";
  const value = parseDecimal(change.value);
  const size = formatFigure({ ...change, value: value.abs().toFixed() });
  if (parseDecimal(value.toFixed(1)).isZero()) return `, as in ${previous}`;
  return `, ${size} ${value.isNegative() ? "less" : "more"} than in ${previous}`;
}

function targetClause({ target, met }: KpiLine): string {
  if (target === null || met === null) return "";
  return `; the target of ${formatFigure(target)} is ${met ? "met" : "missed"}`;
}

function findingsSentence(facts: ReportFacts): string {
  const flow = flowOf(facts.findings, instantAtStartUtc(facts.quarter.start));
  const critical = facts.findings.filter(({ openAtEnd, severity }) => openAtEnd && severity === "critical").length;
  const overdue = facts.findings.filter((finding) => isOverdue(finding, facts)).length;
  return (
    `${countOf(flow.opened, "finding")} ${flow.opened === 1 ? "was" : "were"} opened and ${flow.remediated.toLocaleString("en-US")} remediated; ` +
    `${countOf(flow.closing, "finding")} ${flow.closing === 1 ? "was" : "were"} open at the end, ` +
    `${critical.toLocaleString("en-US")} of them critical and ${overdue.toLocaleString("en-US")} overdue.`
  );
}

function mttrSentence(line: KpiLine | undefined): string {
  if (!line || line.figure.value === null) {
    return `No time to remediate critical CVEs could be told: ${line ? reasonOf(line.figure) : "the KPI is not defined."}`;
  }
  return (
    `Critical CVEs took ${formatFigure(line.figure)} to remediate on average (median ${formatFigure(partOf(line, "Median", "days"))}, ` +
    `n = ${formatFigure(partOf(line, "n", "count"))}).`
  );
}

function deadlineSentence(line: KpiLine | undefined): string {
  if (!line || line.figure.value === null) {
    return `Whether findings were remediated in time could not be computed: ${line ? reasonOf(line.figure) : "the KPI is not defined."}`;
  }
  const due = Number(line.denominator ?? 0);
  return `Of ${countOf(due, "finding")} due in the quarter ${plain(line.numerator ?? "0")} ${line.numerator === "1" ? "was" : "were"} remediated in time (${formatFigure(line.figure)})${targetClause(line)}.`;
}

function acceptanceSentence(facts: ReportFacts): string {
  const granted = grantedOf(facts).length;
  const [next] = comingQuarters(facts);
  const expiring = next ? expiringOf(facts, next.endExclusive).length : 0;
  const first =
    granted === 0
      ? "No risk was accepted"
      : `${countOf(granted, "acceptance")} ${granted === 1 ? "was" : "were"} granted`;
  return `${first}; ${expiring === 0 ? "none" : expiring.toLocaleString("en-US")} ${expiring === 1 || expiring === 0 ? "expires" : "expire"} by the end of ${next?.name ?? "the next quarter"}.`;
}

function exposureSentence(facts: ReportFacts): string {
  const exposure = exposureOf(facts);
  const coming = comingQuarters(facts);
  const ahead = exposure.quarters
    .filter(({ name }) => coming.some((quarter) => quarter.name === name))
    .flatMap(({ items }) => items);
  const past = exposure.pastEndOfSupport.length;
  const names = coming.map(({ name }) => name).join(" and ");
  const spend = spendOf(ahead).filter(({ value }) => value !== null);
  const money =
    spend.length > 0
      ? `, with a spend of ${spend.map((one) => formatFigure(one)).join(" and ")} (spend on affected brokers, not a loss estimate)`
      : "";
  return (
    `${past === 0 ? "No broker is" : `${countOf(past, "broker")} ${past === 1 ? "is" : "are"}`} past the end of support; ` +
    `${ahead.length === 0 ? "none" : ahead.length.toLocaleString("en-US")} ${ahead.length === 1 || ahead.length === 0 ? "reaches" : "reach"} it in ${names}${money}.`
  );
}

function registerSentence(facts: ReportFacts): string {
  const gap = registerGap(facts);
  const incidents = incidentsOfQuarter(facts).length;
  const drills = drillsOfQuarter(facts).filter(({ startedAt }) => startedAt !== null).length;
  if (gap !== null) return `Nothing is said about incidents. ${gap}`;
  return `${incidents === 0 ? "No incident was" : `${countOf(incidents, "incident")} ${incidents === 1 ? "was" : "were"}`} recorded, and ${drills === 0 ? "no fail-over drill was" : `${countOf(drills, "fail-over drill")} ${drills === 1 ? "was" : "were"}`} run.`;
}

function costSentences(facts: ReportFacts, lines: readonly KpiLine[]): string[] {
  const costs = quarterCosts(facts);
  if (costs.length === 0) return ["What Amazon MQ cost could not be computed: no costs were read for the quarter."];
  return costs.map(({ currency, billed, change }) => {
    const rate = lineOfKpi(lines, "cost-run-rate", currency);
    const against =
      change.value === null
        ? `how that compares with ${facts.previous.name} cannot be told: ${reasonOf(change).replace(/\.$/, "")}`
        : changedBy(change, facts.previous.name);
    const known = rate?.figure.value === null || !rate ? "" : `; the run rate is ${formatFigure(rate.figure)}`;
    const partial = billed.basis === null ? "" : ` (${billed.basis})`;
    return `Amazon MQ service charges were ${formatFigure(billed)}${partial}; ${against}${known}.`;
  });
}

function changedBy(change: Figure, previous: string): string {
  const value = parseDecimal(change.value ?? "0");
  if (parseDecimal(value.toFixed(1)).isZero()) return `the same as in ${previous}`;
  const size = formatFigure({ ...change, value: value.abs().toFixed() });
  return `${size} ${value.isNegative() ? "less" : "more"} than in ${previous}`;
}

function planSentence(facts: ReportFacts): string {
  const { active, completed, overdue } = planCounts(facts);
  const late = overdue.length === 0 ? "none" : overdue.length.toLocaleString("en-US");
  const standing =
    active.length === 0
      ? "No plan is active"
      : `${countOf(active.length, "plan")} ${active.length === 1 ? "is" : "are"} active, ${late} of them with overdue steps`;
  const done =
    completed.length === 0
      ? "none was"
      : `${completed.length.toLocaleString("en-US")} ${completed.length === 1 ? "was" : "were"}`;
  return `${standing}; ${done} completed in the quarter.`;
}

function coverageSentence(facts: ReportFacts): string {
  const { days, complete } = syncCoverage(facts);
  return `Everything was read on ${complete.toLocaleString("en-US")} of ${countOf(days, "day")}${facts.running ? " so far" : ""}.`;
}

function reasonOf({ unknown }: Figure): string {
  return unknown ?? "No reason was given.";
}

function plain(value: string): string {
  return parseDecimal(value).toNumber().toLocaleString("en-US");
}
