import { instantAtStartUtc } from "@/lib/domain/plain-date";
import { type Block, type Cell, figure, type Section } from "@/lib/domain/report-document";
import {
  type FindingFlow,
  flowOf,
  isOverdue,
  risksOf,
  riskTable,
  ruleTitle,
  severityLabel,
  WORST_FIRST,
} from "@/lib/reports/finding-figures";
import { type KpiLine, lineOfKpi, partOf } from "@/lib/reports/kpi-lines";
import type { ReportAcceptance, ReportFacts, ReportFinding } from "@/lib/reports/report-facts";
import { column, dayOf, TOP, table, topOf } from "@/lib/reports/tables";

const FLOW_COLUMNS = [
  column("opening", "Opening", "figure"),
  column("opened", "New", "figure"),
  column("remediated", "Remediated", "figure", 1.2),
  column("gone", "Gone", "figure", 0.8),
  column("other", "Other", "figure", 0.8),
  column("closing", "Closing", "figure"),
];

function flowCells({ opening, opened, remediated, gone, other, closing }: FindingFlow): Cell[] {
  return [opening, opened, remediated, gone, other, closing].map((count) => figure("count", count));
}

/** How findings came and went, how long they took, and whether that was in time. */
export function findingsSection(facts: ReportFacts, lines: readonly KpiLine[]): Section {
  const start = instantAtStartUtc(facts.quarter.start);
  return {
    id: "findings",
    title: "Findings",
    group: "report",
    blocks: [
      table({
        id: "findings-by-severity",
        title: "Findings by severity",
        columns: [column("severity", "Severity", "text", 1.2), ...FLOW_COLUMNS, column("overdue", "Overdue", "figure")],
        rows: [
          ...WORST_FIRST.map((severity): Cell[] => {
            const mine = facts.findings.filter((finding) => finding.severity === severity);
            return [
              severityLabel(severity),
              ...flowCells(flowOf(mine, start)),
              figure("count", overdueOf(mine, facts)),
            ];
          }),
          ["All", ...flowCells(flowOf(facts.findings, start)), figure("count", overdueOf(facts.findings, facts))],
        ],
        note:
          "Opening + new - remediated - gone - other = closing. Remediated: fixed by its owner or by AWS, or replaced. Gone: the broker was decommissioned. " +
          "Other: a tag, policy, rule, reference or scope changed, or it passed while accepted. Findings stand with the owner of the day on which they opened. " +
          "Overdue: past the due day, without those that were accepted or called false positives.",
        empty: "There were no findings.",
      }),
      rulesTable(facts),
      mttrTable(lines),
      deadlines(lines, facts),
    ],
  };
}

function overdueOf(findings: readonly ReportFinding[], facts: ReportFacts): number {
  return findings.filter((finding) => isOverdue(finding, facts)).length;
}

/** Findings of each rule, most open first. */
export function flowByRule(facts: ReportFacts): { ruleId: string; flow: FindingFlow }[] {
  const start = instantAtStartUtc(facts.quarter.start);
  const byRule = new Map<string, ReportFinding[]>();
  for (const finding of facts.findings) {
    const mine = byRule.get(finding.ruleId);
    if (mine) mine.push(finding);
    else byRule.set(finding.ruleId, [finding]);
  }
  return [...byRule]
    .map(([ruleId, findings]) => ({ ruleId, flow: flowOf(findings, start) }))
    .sort((a, b) => b.flow.closing - a.flow.closing || (a.ruleId < b.ruleId ? -1 : 1));
}

function rulesTable(facts: ReportFacts): Block {
  return topOf(
    {
      id: "findings-by-rule",
      title: "Findings by rule, most open first",
      columns: [column("rule", "Rule", "text", 3.4), ...FLOW_COLUMNS],
      list: "findings-by-rule",
      empty: "There were no findings.",
    },
    flowByRule(facts),
    ({ ruleId, flow }) => [ruleTitle(ruleId), ...flowCells(flow)],
  );
}

function mttrTable(lines: readonly KpiLine[]): Block {
  const rows = [
    ...WORST_FIRST.map((severity) => ({
      label: severityLabel(severity),
      line: lineOfKpi(lines, "mttr-by-severity", severity) ?? lineOfKpi(lines, "mttr-by-severity"),
    })),
    { label: "Critical CVEs", line: lineOfKpi(lines, "mttr-critical-cve") },
  ];
  return table({
    id: "mttr",
    title: "Time to remediate",
    columns: [
      column("severity", "Severity", "text", 1.4),
      column("mean", "Mean", "figure", 1.2),
      column("previous", "Quarter before", "figure", 1.3),
      column("median", "Median", "figure", 1.2),
      column("p90", "90th percentile", "figure", 1.3),
      column("n", "n", "figure", 0.8),
      column("open", "Open", "figure", 0.8),
      column("age", "Mean age of open", "figure", 1.4),
    ],
    rows: rows.map(({ label, line }): Cell[] => [
      label,
      line?.figure ?? null,
      line?.previous ?? null,
      line?.figure.value === null ? null : partOf(line, "Median", "days"),
      line?.figure.value === null ? null : partOf(line, "90th percentile", "days"),
      line?.figure.value === null ? figure("count", 0) : partOf(line, "n", "count"),
      partOf(line, "Open", "count"),
      line?.parts.some((part) => part.label === "Open: mean age") ? partOf(line, "Open: mean age", "days") : null,
    ]),
    note: "Mean of closing less opening over what was remediated in the quarter. What is still open stands beside it, so that it cannot flatter the mean.",
    empty: "No severity is known.",
  });
}

function deadlines(lines: readonly KpiLine[], facts: ReportFacts): Block {
  const start = instantAtStartUtc(facts.quarter.start);
  const carried = facts.findings.filter(
    ({ openedAt, dueOn }) => openedAt < start && dueOn !== null && dueOn < facts.quarter.start,
  ).length;
  const rows = ["sla-compliance", "acknowledgement"].flatMap((id) => lineOfKpi(lines, id) ?? []);
  return table({
    id: "deadlines",
    title: "Deadlines",
    columns: [
      column("kpi", "Deadline", "text", 2.4),
      column("met", "Met", "figure"),
      column("due", "Due in the quarter", "figure", 1.3),
      column("share", "Share", "figure"),
      column("previous", "Quarter before", "figure", 1.3),
    ],
    rows: rows.map(({ label, numerator, denominator, figure: share, previous }): Cell[] => [
      label,
      numerator === null ? figure("count", 0) : figure("count", numerator),
      denominator === null ? figure("count", 0) : figure("count", denominator),
      share,
      previous,
    ]),
    note: `Overdue already when the quarter began: ${carried}. They are not among those due in it.`,
    empty: "No deadline is defined.",
  });
}

/** What should be dealt with first. */
export function risksSection(facts: ReportFacts): Section {
  return {
    id: "risks",
    title: "Top risks",
    group: "report",
    blocks: [
      {
        kind: "text",
        text: `The ${TOP} open findings to deal with first: by severity, production before the rest, overdue before what is not due yet. What was accepted is not among them.`,
      },
      riskTable("risks", "Top risks", risksOf(facts), facts),
    ],
  };
}

const ACCEPTANCE_COLUMNS = [
  column("severity", "Severity", "text", 0.9),
  column("finding", "Finding", "text", 3.4),
  column("subject", "Broker or subject", "text", 1.8),
  column("approved", "Approved", "date", 1.1),
  column("by", "Approved by", "text", 1.8),
  column("expires", "Expires", "date", 1.1),
];

function acceptanceCells(one: ReportAcceptance): Cell[] {
  return [severityLabel(one.severity), one.summary, one.subject, dayOf(one.at), one.approvedBy, one.expiresOn];
}

/** Acceptances approved in the quarter. */
export function grantedOf({ acceptances, quarter }: ReportFacts): ReportAcceptance[] {
  return acceptances.filter(({ at }) => dayOf(at) >= quarter.start && dayOf(at) < quarter.endExclusive);
}

/** Standing acceptances that end within the quarter after this one, the next first. */
export function expiringOf({ acceptances }: ReportFacts, until: string): ReportAcceptance[] {
  return acceptances
    .filter(
      ({ standing, kind, expiresOn }) => standing && kind === "accepted" && expiresOn !== null && expiresOn < until,
    )
    .sort((a, b) => ((a.expiresOn ?? "") < (b.expiresOn ?? "") ? -1 : 1));
}

/** Risks that somebody accepted. */
export function acceptancesSection(facts: ReportFacts, nextQuarter: { name: string; endExclusive: string }): Section {
  const granted = grantedOf(facts);
  return {
    id: "acceptances",
    title: "Accepted risks",
    group: "report",
    blocks: [
      topOf(
        {
          id: "acceptances-granted",
          title: `Granted in ${facts.quarter.name}`,
          columns: ACCEPTANCE_COLUMNS,
          list: "acceptances",
          note: "False positives have no expiry.",
          empty: "No acceptance was granted.",
        },
        granted,
        acceptanceCells,
      ),
      topOf(
        {
          id: "acceptances-expiring",
          title: `Expiring by the end of ${nextQuarter.name}`,
          columns: ACCEPTANCE_COLUMNS,
          list: "acceptances",
          empty: "No acceptance expires by then.",
        },
        expiringOf(facts, nextQuarter.endExclusive),
        acceptanceCells,
      ),
    ],
  };
}
