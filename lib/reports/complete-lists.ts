import { decimalToText } from "@/lib/domain/money";
import type { ListColumn } from "@/lib/domain/report-document";
import { kpiScope } from "@/lib/kpis/kpi-scope";
import { isOverdue, stateLabel } from "@/lib/reports/finding-figures";
import { flowByRule } from "@/lib/reports/findings-sections";
import { breakdownRows } from "@/lib/reports/owner-sections";
import { planRows } from "@/lib/reports/plans-section";
import { brokerName, drillsOfQuarter, incidentsOfQuarter } from "@/lib/reports/register-section";
import type { ReportFacts, ReportFinding } from "@/lib/reports/report-facts";
import { dayOf } from "@/lib/reports/tables";

/** A list that stands in full in the spreadsheet, and with its first rows on paper. */
export interface CompleteList {
  id: string;
  title: string;
  columns: ListColumn[];
  rows: (string | null)[][];
}

const text = (key: string, label: string): ListColumn => ({ key, label, kind: "text" });
const date = (key: string, label: string): ListColumn => ({ key, label, kind: "date" });
const number = (key: string, label: string): ListColumn => ({ key, label, kind: "number" });

const FLOW = ["Opening", "New", "Remediated", "Gone", "Other", "Closing"].map((label) =>
  number(label.toLowerCase(), label),
);

/** Every complete list of a report, in the order of the spreadsheet's sheets. */
export function completeLists(facts: ReportFacts): CompleteList[] {
  return [
    { id: "brokers", title: "Brokers in scope", columns: BROKER_COLUMNS, rows: brokerRows(facts) },
    {
      id: "open-findings",
      title: "Open findings",
      columns: FINDING_COLUMNS,
      rows: facts.findings.filter(({ openAtEnd }) => openAtEnd).map((finding) => findingRow(finding, facts)),
    },
    {
      id: "closed-findings",
      title: "Findings closed in the quarter",
      columns: FINDING_COLUMNS,
      rows: facts.findings.filter(({ openAtEnd }) => !openAtEnd).map((finding) => findingRow(finding, facts)),
    },
    {
      id: "findings-by-rule",
      title: "Findings by rule",
      columns: [text("rule", "Rule"), ...FLOW],
      rows: flowByRule(facts).map(({ ruleId, flow }) => [
        ruleId,
        ...[flow.opening, flow.opened, flow.remediated, flow.gone, flow.other, flow.closing].map(String),
      ]),
    },
    { id: "by-owner", title: "By owner", columns: BREAKDOWN_COLUMNS, rows: breakdownRows(facts, "owner") },
    { id: "by-account", title: "By account", columns: BREAKDOWN_COLUMNS, rows: breakdownRows(facts, "account") },
    {
      id: "cost-by-account",
      title: "Cost by account",
      columns: [
        text("account", "Account"),
        text("name", "Name"),
        number("amount", "Amount"),
        text("currency", "Currency"),
      ],
      rows: facts.costs.byAccount.map(({ key, total, currency }) => [key, facts.accountLabel(key), total, currency]),
    },
    { id: "acceptances", title: "Acceptances", columns: ACCEPTANCE_COLUMNS, rows: acceptanceRows(facts) },
    { id: "incidents", title: "Incidents", columns: INCIDENT_COLUMNS, rows: incidentRows(facts) },
    { id: "drills", title: "Fail-over drills", columns: DRILL_COLUMNS, rows: drillRows(facts) },
    { id: "plans", title: "Plans", columns: PLAN_COLUMNS, rows: planRows(facts) },
    {
      id: "reclassified",
      title: "Reclassifications",
      columns: [
        date("day", "Observed"),
        text("broker", "Broker"),
        text("account", "Account"),
        text("what", "What"),
        text("from", "From"),
        text("to", "To"),
      ],
      rows: facts.reclassified.map(({ at, brokerName: name, accountId, what, from, to }) => [
        dayOf(at),
        name,
        accountId,
        what,
        from,
        to,
      ]),
    },
    {
      id: "failed-scopes",
      title: "Scopes not read in full",
      columns: [
        text("source", "Source"),
        text("account", "Account"),
        text("region", "Region"),
        number("times", "Times"),
        text("status", "Last status"),
        text("message", "Message"),
      ],
      rows: facts.failedScopes.map(({ source, accountId, region, times, status, message }) => [
        source,
        accountId,
        region,
        String(times),
        status,
        message,
      ]),
    },
  ];
}

const BROKER_COLUMNS = [
  text("id", "Broker id"),
  text("name", "Name"),
  text("account", "Account"),
  text("region", "Region"),
  text("engine", "Engine"),
  text("version", "Version"),
  text("mode", "Deployment mode"),
  text("instance", "Instance type"),
  text("environment", "Environment"),
  text("production", "Counts as production"),
  text("owner", "Owner"),
  text("support", "Support"),
  date("end", "End of support"),
  number("rate", "Run rate per month"),
  text("currency", "Currency"),
];

function brokerRows({ fleet, ownerLabel }: ReportFacts): (string | null)[][] {
  return kpiScope(fleet).brokers.map(({ snapshot, support, stale, monthlyCost }) => [
    snapshot.brokerId,
    snapshot.attributes.name,
    snapshot.accountId,
    snapshot.region,
    snapshot.attributes.engine ?? null,
    snapshot.attributes.engineVersion ?? null,
    snapshot.attributes.deploymentMode ?? null,
    snapshot.attributes.instanceType ?? null,
    snapshot.environment.environment,
    snapshot.environment.countsAsProduction ? "yes" : "no",
    snapshot.owner.ownerKey === null ? null : ownerLabel(snapshot.owner.ownerKey),
    stale ? "unknown" : support.state,
    support.endOfSupport,
    monthlyCost ? decimalToText(monthlyCost.amount) : null,
    monthlyCost?.currency ?? null,
  ]);
}

const FINDING_COLUMNS = [
  number("id", "Finding"),
  text("severity", "Severity"),
  text("rule", "Rule"),
  text("summary", "Summary"),
  text("subject", "Broker or subject"),
  text("account", "Account"),
  text("region", "Region"),
  text("environment", "Environment"),
  text("owner", "Owner"),
  date("opened", "Opened"),
  date("due", "Due"),
  text("state", "State"),
  text("overdue", "Overdue"),
  date("closed", "Closed"),
  text("cause", "Closed by"),
];

function findingRow(finding: ReportFinding, facts: ReportFacts): (string | null)[] {
  return [
    String(finding.findingId),
    finding.severity,
    finding.ruleId,
    finding.summary,
    finding.subject,
    finding.accountId,
    finding.region,
    finding.environment,
    facts.ownerLabel(finding.ownerKey),
    dayOf(finding.openedAt),
    finding.dueOn,
    finding.openAtEnd ? stateLabel(finding.state) : "Closed",
    isOverdue(finding, facts) ? "yes" : "no",
    finding.openAtEnd || finding.closedAt === null ? null : dayOf(finding.closedAt),
    finding.openAtEnd ? null : finding.closeCause,
  ];
}

const BREAKDOWN_COLUMNS = [
  text("key", "Key"),
  text("name", "Name"),
  number("brokers", "Brokers"),
  number("production", "Production"),
  number("supported", "On supported versions"),
  number("open", "Open findings"),
  number("critical", "Critical"),
  number("overdue", "Overdue"),
  number("billed", "Billed"),
  text("currency", "Currency"),
];

const ACCEPTANCE_COLUMNS = [
  text("severity", "Severity"),
  text("kind", "Kind"),
  text("summary", "Finding"),
  text("subject", "Broker or subject"),
  text("owner", "Owner"),
  date("approved", "Approved"),
  text("by", "Approved by"),
  text("asked", "Asked for by"),
  text("reason", "Reason"),
  date("expires", "Expires"),
  text("standing", "Stands"),
];

function acceptanceRows({ acceptances }: ReportFacts): (string | null)[][] {
  return acceptances.map((one) => [
    one.severity,
    stateLabel(one.kind),
    one.summary,
    one.subject,
    one.owner,
    dayOf(one.at),
    one.approvedBy,
    one.requestedBy,
    one.reason,
    one.expiresOn,
    one.standing ? "yes" : "no",
  ]);
}

const INCIDENT_COLUMNS = [
  number("id", "Incident"),
  text("title", "Title"),
  text("cause", "Cause"),
  text("planned", "Planned"),
  text("started", "Started (UTC)"),
  text("ended", "Ended (UTC)"),
  text("brokers", "Brokers"),
];

function incidentRows(facts: ReportFacts): (string | null)[][] {
  return incidentsOfQuarter(facts).map((incident) => [
    String(incident.id),
    incident.title,
    incident.cause,
    incident.planned ? "yes" : "no",
    incident.startedAt.toISOString(),
    incident.endedAt?.toISOString() ?? null,
    incident.brokers.map(({ id }) => brokerName(facts, id)).join(", "),
  ]);
}

const DRILL_COLUMNS = [
  number("id", "Drill"),
  date("planned", "Planned"),
  text("started", "Started (UTC)"),
  text("recovered", "Recovered (UTC)"),
  text("successful", "Successful"),
  text("brokers", "Brokers"),
];

function drillRows(facts: ReportFacts): (string | null)[][] {
  return drillsOfQuarter(facts).map((drill) => [
    String(drill.id),
    drill.plannedOn,
    drill.startedAt?.toISOString() ?? null,
    drill.recoveredAt?.toISOString() ?? null,
    drill.successful === null ? null : drill.successful ? "yes" : "no",
    drill.brokers.map(({ id }) => brokerName(facts, id)).join(", "),
  ]);
}

const PLAN_COLUMNS = [
  number("id", "Plan"),
  text("title", "Title"),
  text("broker", "Broker"),
  text("owner", "Owner"),
  text("state", "State"),
  date("made", "Made"),
  number("done", "Steps done"),
  number("steps", "Steps"),
  number("overdue", "Overdue steps"),
  date("until", "Planned until"),
];
