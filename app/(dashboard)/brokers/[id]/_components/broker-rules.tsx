"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { RuleOutcome, SeverityBadge } from "@/components/finding/finding-marks";
import { AppLink } from "@/components/ui/app-link";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import { SEVERITIES } from "@/lib/domain/finding";

const ORDER: readonly string[] = ["fail", "unknown", "pass", "not-applicable"];

/** What every rule says of this broker, failures first, with the reason. */
export function BrokerRules({ detail: { rules } }: { detail: BrokerDetail }) {
  const sorted = [...rules].sort(
    (a, b) =>
      rank(a.outcome) - rank(b.outcome) ||
      severity(b.severity) - severity(a.severity) ||
      a.title.localeCompare(b.title),
  );
  return (
    <Table
      variant="borderless"
      items={sorted}
      trackBy="ruleId"
      wrapLines
      ariaLabels={{ tableLabel: "Rules" }}
      header={
        <Header
          variant="h3"
          counter={`(${rules.filter(({ outcome }) => outcome === "fail").length} of ${rules.length} fail)`}
        >
          Rules
        </Header>
      }
      empty="No rule was evaluated yet"
      columnDefinitions={[
        { id: "outcome", header: "Outcome", width: 160, cell: ({ outcome }) => <RuleOutcome outcome={outcome} /> },
        {
          id: "severity",
          header: "Severity",
          width: 110,
          cell: ({ severity }) => <SeverityBadge severity={severity} />,
        },
        {
          id: "rule",
          header: "Rule",
          isRowHeader: true,
          cell: ({ title, findingId }) =>
            findingId === null ? title : <AppLink href={`/findings/${findingId}`}>{title}</AppLink>,
        },
        {
          id: "reason",
          header: "Why",
          minWidth: 240,
          cell: ({ reason }) => <span className="mqs-break">{reason ?? "–"}</span>,
        },
      ]}
    />
  );
}

function rank(outcome: string): number {
  const index = ORDER.indexOf(outcome);
  return index === -1 ? ORDER.length : index;
}

const SEVERITY_ORDER: readonly string[] = SEVERITIES;

function severity(name: string): number {
  return SEVERITY_ORDER.indexOf(name);
}
