import { parseDecimal } from "@/lib/domain/money";
import { type Block, type Cell, figure, type Section } from "@/lib/domain/report-document";
import { brokerKey, NO_OWNER } from "@/lib/kpis/cut-fleet";
import type { KpiBroker } from "@/lib/kpis/define-kpi";
import { groupBy } from "@/lib/kpis/group-by";
import { kpiScope } from "@/lib/kpis/kpi-scope";
import { isOverdue, isSetAside, risksOf, riskTable } from "@/lib/reports/finding-figures";
import { spendCell } from "@/lib/reports/fleet-figures";
import type { ReportFacts, ReportFinding } from "@/lib/reports/report-facts";
import { column, topOf } from "@/lib/reports/tables";

/** What an owner or an account answers for at the end of what the report looks at. */
interface Standing {
  key: string;
  label: string;
  brokers: readonly KpiBroker[];
  production: number;
  supported: number;
  pastEnd: number;
  findings: readonly ReportFinding[];
  open: number;
  critical: number;
  overdue: number;
  billed: { total: string; currency: string } | null;
}

function standings(facts: ReportFacts, dimension: "account" | "owner"): Standing[] {
  const brokers = groupBy(kpiScope(facts.fleet).brokers, (broker) => brokerKey(broker, dimension));
  const findings = groupBy(facts.findings, (finding) => (dimension === "owner" ? finding.ownerKey : finding.accountId));
  const costs = new Map(
    (dimension === "owner" ? facts.costs.byOwner : facts.costs.byAccount).map((cost) => [cost.key, cost]),
  );
  const labelOf = dimension === "owner" ? facts.ownerLabel : facts.accountLabel;
  return [...new Set([...brokers.keys(), ...findings.keys()])]
    .map((key): Standing => {
      const mine = brokers.get(key) ?? [];
      const open = (findings.get(key) ?? []).filter((finding) => finding.openAtEnd && !isSetAside(finding));
      const cost = costs.get(key);
      return {
        key,
        label: labelOf(key),
        brokers: mine,
        production: mine.filter(({ snapshot }) => snapshot.environment.countsAsProduction).length,
        supported: mine.filter(
          ({ support, stale }) => !stale && (support.state === "supported" || support.state === "ending"),
        ).length,
        pastEnd: mine.filter(({ support, stale }) => !stale && support.state === "past-end-of-support").length,
        findings: findings.get(key) ?? [],
        open: open.length,
        critical: open.filter(({ severity }) => severity === "critical").length,
        overdue: open.filter((finding) => isOverdue(finding, facts)).length,
        billed: cost ? { total: cost.total, currency: cost.currency } : null,
      };
    })
    .sort(
      (a, b) => b.critical - a.critical || b.overdue - a.overdue || b.open - a.open || (a.label < b.label ? -1 : 1),
    );
}

/** The parts of the organisation side by side. */
export function breakdownSection(facts: ReportFacts): Section {
  const blocks: Block[] = [];
  if (facts.scope.kind !== "owner") blocks.push(breakdown(facts, "owner"));
  if (facts.scope.kind !== "account") blocks.push(breakdown(facts, "account"));
  return { id: "breakdown", title: "By owner and account", group: "report", blocks };
}

function breakdown(facts: ReportFacts, dimension: "account" | "owner"): Block {
  const one = dimension === "owner" ? "Owner" : "Account";
  return topOf(
    {
      id: `by-${dimension}`,
      title: `By ${dimension}, most critical findings first`,
      columns: [
        column("key", one, "text", 2.6),
        column("brokers", "Brokers", "figure"),
        column("production", "Production", "figure", 1.1),
        column("supported", "On supported versions", "figure", 1.2),
        column("open", "Open findings", "figure"),
        column("critical", "Critical", "figure"),
        column("overdue", "Overdue", "figure"),
        column("billed", "Billed", "figure", 1.5),
      ],
      list: `by-${dimension}`,
      note: "Open findings without those that were accepted or called false positives.",
      empty: "There are no brokers in scope.",
    },
    standings(facts, dimension),
    standingCells,
  );
}

function standingCells({ label, brokers, production, supported, open, critical, overdue, billed }: Standing): Cell[] {
  return [
    label,
    figure("count", brokers.length),
    figure("count", production),
    figure("count", supported),
    figure("count", open),
    figure("count", critical),
    figure("count", overdue),
    billed ? figure("money", billed.total, { currency: billed.currency }) : null,
  ];
}

/** Complete list of a breakdown. */
export function breakdownRows(facts: ReportFacts, dimension: "account" | "owner"): (string | null)[][] {
  return standings(facts, dimension).map(
    ({ key, label, brokers, production, supported, open, critical, overdue, billed }) => [
      key,
      label,
      ...[brokers.length, production, supported, open, critical, overdue].map(String),
      billed?.total ?? null,
      billed?.currency ?? null,
    ],
  );
}

/** A page for every owner: what it answers for, what it costs, and what to do first. */
export function ownerSections(facts: ReportFacts): Section[] {
  const risks = groupBy(risksOf(facts), ({ ownerKey }) => ownerKey);
  return standings(facts, "owner").map((standing) => ({
    id: `owner:${standing.key}`,
    title: standing.key === NO_OWNER ? "Brokers without an owner" : standing.label,
    group: "owner",
    blocks: [
      {
        kind: "figures",
        id: `owner-figures:${standing.key}`,
        items: [
          item("brokers", "Brokers in scope", figure("count", standing.brokers.length)),
          item("production", "In production", figure("count", standing.production)),
          item("past-end", "Past end of support", figure("count", standing.pastEnd)),
          item("open", "Open findings", figure("count", standing.open)),
          item("overdue", "Overdue", figure("count", standing.overdue)),
          ...(standing.billed
            ? [
                item(
                  "billed",
                  `Billed in ${facts.quarter.name}`,
                  figure("money", parseDecimal(standing.billed.total).toFixed(), {
                    currency: standing.billed.currency,
                  }),
                ),
              ]
            : []),
          ...[spendCell(standing.brokers)].flatMap((rate) => (rate ? [item("run-rate", "Run rate", rate)] : [])),
        ],
      },
      riskTable(`owner-items:${standing.key}`, "What to deal with first", risks.get(standing.key) ?? [], facts),
    ],
  }));
}

function item(id: string, label: string, value: ReturnType<typeof figure>) {
  return { id, label, figure: value, previous: null, target: null };
}
