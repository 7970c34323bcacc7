"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { OwnerMarks } from "@/components/broker/owner-marks";
import { CollectionTable } from "@/components/list/collection-table";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { CodeWords } from "@/components/ui/code-words";
import { formatAmount, formatCount, formatNumberOf } from "@/components/ui/figures";
import type { OwnerItem } from "@/lib/contracts/owners";
import { Decimal, parseDecimal } from "@/lib/domain/money";
import { OwnerForm } from "./owner-form";

const SEVERITIES = [
  ["critical", "Critical"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
] as const;

const cut = ({ key }: OwnerItem) => `owner=${encodeURIComponent(key)}`;

const SEVERITY_COLUMNS = SEVERITIES.map(
  ([severity, label]): TableProps.ColumnDefinition<OwnerItem> => ({
    id: severity,
    header: label,
    minWidth: 60,
    sortingComparator: (a, b) => a.findings[severity] - b.findings[severity] || a.findings.total - b.findings.total,
    cell: (owner) => (
      <Figure
        count={owner.findings[severity]}
        href={`/findings?${cut(owner)}&filter=${encodeURIComponent(`severity=${severity}`)}`}
        label={`${formatNumberOf(owner.findings[severity], `${severity} finding`)} of ${owner.displayName}`}
      />
    ),
  }),
);
/** Whoever has the most critical findings stands first. */
const BY_CRITICAL = SEVERITY_COLUMNS[0] ?? {};

/** Owners with their brokers, findings that are not closed, and run rate; every figure leads to what is behind it. */
export function OwnerTable({ owners, mayWrite }: { owners: readonly OwnerItem[]; mayWrite: boolean }) {
  const [making, setMaking] = useState(false);
  return (
    <>
      <CollectionTable
        items={owners}
        what="owners"
        label="Owners"
        variant="embedded"
        trackBy="key"
        contentDensity="compact"
        columnDefinitions={COLUMNS}
        find={{ label: "Part of an owner's name", placeholder: "Find an owner" }}
        textOf={({ displayName, key }) => `${displayName} ${key}`}
        order={{ column: BY_CRITICAL, descending: true }}
        allClear={<AllClear title="No broker names an owner yet">Owners come from tags, or are made here.</AllClear>}
        header={
          <Header
            variant="h2"
            counter={`(${formatCount(owners.length)})`}
            description="Findings that are not closed. Ending acceptances: within 30 days. Run rate: of the brokers they have today, the last 7 final days × 365/12, per month; the KPI by owner goes by the owner of each of those days."
            actions={mayWrite && <Button onClick={() => setMaking(true)}>Add an owner</Button>}
          >
            Owners
          </Header>
        }
      />
      {making && <OwnerForm owner={null} mayWrite onClose={() => setMaking(false)} />}
    </>
  );
}

const COLUMNS: TableProps.ColumnDefinition<OwnerItem>[] = [
  {
    id: "name",
    header: "Owner",
    isRowHeader: true,
    minWidth: 185,
    sortingComparator: (a, b) => a.displayName.localeCompare(b.displayName, "en"),
    cell: ({ id, displayName, verified, contactable }) => (
      <div>
        <div className="mqs-break mqs-two-lines" title={displayName}>
          <AppLink href={`/owners/${id}`}>
            <CodeWords text={displayName} />
          </AppLink>
        </div>
        <OwnerMarks verified={verified} contactable={contactable} />
      </div>
    ),
  },
  {
    id: "brokers",
    header: "Brokers",
    minWidth: 100,
    sortingComparator: (a, b) => a.brokers - b.brokers || a.productionBrokers - b.productionBrokers,
    cell: (owner) =>
      owner.brokers === 0 ? (
        "0"
      ) : (
        <div>
          <AppLink
            href={`/brokers?${cut(owner)}`}
            ariaLabel={`${formatNumberOf(owner.brokers, "broker")} of ${owner.displayName}`}
          >
            {formatCount(owner.brokers)}
          </AppLink>
          <Box variant="small" color="text-body-secondary">
            {formatCount(owner.productionBrokers)} production
          </Box>
        </div>
      ),
  },
  ...SEVERITY_COLUMNS,
  {
    id: "overdue",
    header: "Overdue",
    minWidth: 70,
    sortingComparator: (a, b) => a.findings.overdue - b.findings.overdue,
    cell: (owner) => (
      <Figure
        count={owner.findings.overdue}
        href={`/findings?${cut(owner)}&filter=${encodeURIComponent("overdue=true")}`}
        label={`${formatNumberOf(owner.findings.overdue, "overdue finding")} of ${owner.displayName}`}
      />
    ),
  },
  {
    id: "expiring",
    header: "Ending acceptances",
    minWidth: 105,
    sortingComparator: (a, b) => a.expiringAcceptances - b.expiringAcceptances,
    cell: ({ expiringAcceptances }) => formatCount(expiringAcceptances),
  },
  {
    id: "cost",
    header: "Run rate, month",
    minWidth: 115,
    sortingComparator: (a, b) => firstAmount(a).cmp(firstAmount(b)),
    cell: ({ monthlyCost, brokersWithoutCost, brokers }) => (
      <div>
        {monthlyCost.map(({ amount, currency }) => (
          <div key={currency}>{formatAmount(amount, currency)}</div>
        ))}
        {monthlyCost.length === 0 && (brokers === 0 ? "No brokers" : "Unknown")}
        {monthlyCost.length > 0 && brokersWithoutCost > 0 && (
          <Box variant="small" color="text-body-secondary">
            {formatNumberOf(brokersWithoutCost, "broker")} without a known cost
          </Box>
        )}
      </div>
    ),
  },
];

function Figure({ count, href, label }: { count: number; href: string; label: string }) {
  return count === 0 ? (
    "0"
  ) : (
    <AppLink href={href} ariaLabel={label}>
      {formatCount(count)}
    </AppLink>
  );
}

/** Amounts of several currencies have no order among them: the first one decides. */
function firstAmount({ monthlyCost }: OwnerItem): Decimal {
  const [first] = monthlyCost;
  return first ? parseDecimal(first.amount) : new Decimal(-1);
}
