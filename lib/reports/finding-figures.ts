import { REMEDIATION_CAUSES, SEVERITIES, type Severity, severityRank } from "@/lib/domain/finding";
import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { Block, Cell } from "@/lib/domain/report-document";
import type { ReportFacts, ReportFinding } from "@/lib/reports/report-facts";
import { column, topOf } from "@/lib/reports/tables";
import { ALL_RULES } from "@/lib/rules/registry";

/** Severities, the worst first. */
export const WORST_FIRST: readonly Severity[] = [...SEVERITIES].reverse();

/** Findings of a quarter: opening + opened - remediated - gone - other = closing. */
export interface FindingFlow {
  opening: number;
  opened: number;
  remediated: number;
  gone: number;
  other: number;
  closing: number;
}

/** How findings came and went in the quarter. */
export function flowOf(findings: readonly ReportFinding[], start: Date): FindingFlow {
  const flow = { opening: 0, opened: 0, remediated: 0, gone: 0, other: 0, closing: 0 };
  for (const finding of findings) {
    if (finding.openedAt < start) flow.opening += 1;
    else flow.opened += 1;
    if (finding.openAtEnd) flow.closing += 1;
    else if (finding.closeCause !== null && REMEDIATION_CAUSES.has(finding.closeCause)) flow.remediated += 1;
    else if (finding.closeCause === "decommissioned") flow.gone += 1;
    else flow.other += 1;
  }
  return flow;
}

/** Whether a finding is past its due day and nobody set it aside. */
export function isOverdue(finding: ReportFinding, facts: Pick<ReportFacts, "at">): boolean {
  const today: PlainDate = plainDateFromInstantUtc(facts.at);
  return finding.openAtEnd && finding.dueOn !== null && finding.dueOn < today && !isSetAside(finding);
}

/** Accepted, or called a false positive. */
export function isSetAside({ state }: ReportFinding): boolean {
  return state === "accepted" || state === "false-positive";
}

/**
 * Open findings, the greatest risk first: by severity, production, overdue, then the earlier due day; ties by number. Those that were accepted or called
 * false positives are no risk to be acted on and are left out.
 */
export function risksOf(facts: Pick<ReportFacts, "findings" | "at">): ReportFinding[] {
  return facts.findings
    .filter((finding) => finding.openAtEnd && !isSetAside(finding))
    .map((finding) => ({ finding, overdue: isOverdue(finding, facts) }))
    .sort(
      (a, b) =>
        severityRank(b.finding.severity) - severityRank(a.finding.severity) ||
        Number(b.finding.production) - Number(a.finding.production) ||
        Number(b.overdue) - Number(a.overdue) ||
        compareText(a.finding.dueOn ?? "9999", b.finding.dueOn ?? "9999") ||
        a.finding.findingId - b.finding.findingId,
    )
    .map(({ finding }) => finding);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** "Critical". */
export function severityLabel(severity: Severity): string {
  return `${severity.charAt(0).toUpperCase()}${severity.slice(1)}`;
}

const STATE_LABELS: Readonly<Record<string, string>> = {
  open: "Open",
  acknowledged: "Acknowledged",
  "in-progress": "In progress",
  "acceptance-requested": "Acceptance asked for",
  accepted: "Accepted",
  "false-positive": "False positive",
  closed: "Closed",
};

/** A state in words. */
export function stateLabel(state: string): string {
  return STATE_LABELS[state] ?? state;
}

const RISK_COLUMNS = [
  column("severity", "Severity", "text", 0.9),
  column("finding", "Finding", "text", 4.8),
  column("subject", "Broker or subject", "text", 2.2),
  column("due", "Due", "text", 2.6),
];

function riskCells(finding: ReportFinding, facts: Pick<ReportFacts, "at">): Cell[] {
  return [
    severityLabel(finding.severity),
    shortened(finding.summary),
    finding.subject,
    dueText(finding, isOverdue(finding, facts)),
  ];
}

/** When a finding is due and what anybody said of it, in one cell: of an organisation's pages, most of the time goes into the number of cells. */
function dueText({ dueOn, state }: ReportFinding, overdue: boolean): string {
  const due = dueOn === null ? "No due day" : overdue ? `Overdue since ${dueOn}` : dueOn;
  return state === "open" ? due : `${due}, ${stateLabel(state).toLowerCase()}`;
}

/** A rule's title; its id where this version of the product does not know it any more. */
export function ruleTitle(id: string): string {
  return ALL_RULES.find((rule) => rule.id === id)?.title ?? id;
}

/** The first of some findings that are sorted by risk already; all of them stand in the list of open findings. */
export function riskTable(
  id: string,
  title: string,
  risks: readonly ReportFinding[],
  facts: Pick<ReportFacts, "at">,
): Block {
  return topOf(
    { id, title, columns: RISK_COLUMNS, list: "open-findings", empty: "No finding is open." },
    risks,
    (finding) => riskCells(finding, facts),
  );
}

/** Characters of a finding's summary in a table; the list of open findings has all of them. */
const SUMMARY_CHARACTERS = 96;

/** A summary for a table: whole sentences as far as they fit, else whole words. */
export function shortened(summary: string): string {
  if (summary.length <= SUMMARY_CHARACTERS) return summary;
  const cut = summary.slice(0, SUMMARY_CHARACTERS);
  const sentence = cut.lastIndexOf(". ");
  if (sentence > SUMMARY_CHARACTERS / 3) return cut.slice(0, sentence + 1);
  return `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}
