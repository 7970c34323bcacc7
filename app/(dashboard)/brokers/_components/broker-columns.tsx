"use client";

import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { BrokerState } from "@/components/broker/broker-state";
import {
  costBasisLabel,
  deploymentModeLabel,
  engineLabel,
  environmentSourceLabel,
  ownerSourceLabel,
  sentenceCase,
} from "@/components/broker/labels";
import { PresenceBadge, StaleMark } from "@/components/broker/presence-marks";
import { SupportStatus } from "@/components/broker/support-status";
import { YesNo } from "@/components/broker/yes-no";
import { SeverityBadge } from "@/components/finding/finding-marks";
import { type ColumnOption, sortControlLabel } from "@/components/list/column-display";
import { AppLink } from "@/components/ui/app-link";
import { formatAmount } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { BROKER_PROPERTIES, type BrokerItem } from "@/lib/contracts/brokers";
import { openWorkPath } from "@/lib/domain/open-work-path";

interface Column extends ColumnOption {
  cell(broker: BrokerItem, asOf: string): ReactNode;
}

const COLUMNS: readonly Column[] = [
  {
    id: "name",
    label: "Name",
    rank: 1,
    always: true,
    width: 215,
    cell: (broker, asOf) => <NameCell broker={broker} asOf={asOf} />,
  },
  {
    id: "account",
    label: "Account",
    rank: 2,
    width: 118,
    cell: ({ accountId, accountName }) => <span title={accountId}>{accountName ?? accountId}</span>,
  },
  { id: "region", label: "Region", rank: 10, width: 140, cell: ({ region }) => region },
  { id: "engine", label: "Engine", rank: 3, width: 112, cell: ({ engine }) => engineLabel(engine) },
  {
    id: "engineVersion",
    label: "Version",
    rank: 4,
    width: 115,
    cell: ({ engineVersion }) => engineVersion ?? "Unknown",
  },
  {
    id: "supportStatus",
    label: "Support",
    rank: 5,
    width: 170,
    cell: ({ support }) => <SupportStatus {...support} stage={null} />,
  },
  {
    id: "deploymentMode",
    label: "Deployment",
    rank: 11,
    width: 140,
    cell: ({ deploymentMode }) => (deploymentMode ? deploymentModeLabel(deploymentMode) : "Unknown"),
  },
  {
    id: "environment",
    label: "Environment",
    rank: 8,
    width: 150,
    cell: ({ environment, environmentSource }) => (
      <span title={environmentSourceLabel(environmentSource)}>{sentenceCase(environment)}</span>
    ),
  },
  {
    id: "owner",
    label: "Owner",
    rank: 7,
    width: 172,
    cell: ({ owner }) =>
      owner ? (
        <span title={`${owner.displayName}, ${ownerSourceLabel(owner.source)}`}>{owner.displayName}</span>
      ) : (
        "None"
      ),
  },
  {
    id: "openFindings",
    label: "Open findings",
    rank: 6,
    width: 155,
    cell: (broker) => <FindingsCell broker={broker} />,
  },
  {
    id: "monthlyCost",
    label: "Run rate per month",
    rank: 9,
    width: 200,
    cell: ({ monthlyCost }) =>
      monthlyCost ? (
        <span title={costBasisLabel(monthlyCost.basis)}>{formatAmount(monthlyCost.amount, monthlyCost.currency)}</span>
      ) : (
        "Unknown"
      ),
  },
  {
    id: "instanceType",
    label: "Instance type",
    rank: null,
    width: 150,
    cell: ({ instanceType }) => instanceType ?? "Unknown",
  },
  { id: "storageType", label: "Storage", rank: null, width: 100, cell: ({ storageType }) => storageType ?? "Unknown" },
  {
    id: "state",
    label: "State",
    rank: null,
    width: 190,
    cell: ({ state, goneAt }) => <BrokerState state={state} gone={goneAt !== null} />,
  },
  {
    id: "highlyAvailable",
    label: "Highly available",
    rank: null,
    width: 150,
    cell: ({ highlyAvailable }) => <YesNo value={highlyAvailable} />,
  },
  {
    id: "publiclyAccessible",
    label: "Public",
    rank: null,
    width: 100,
    cell: ({ publiclyAccessible }) => <YesNo value={publiclyAccessible} />,
  },
  {
    id: "autoMinorVersionUpgrade",
    label: "Auto minor upgrade",
    rank: null,
    width: 170,
    cell: ({ autoMinorVersionUpgrade }) => <YesNo value={autoMinorVersionUpgrade} />,
  },
  { id: "engineLine", label: "Engine line", rank: null, width: 120, cell: ({ engineLine }) => engineLine ?? "Unknown" },
  {
    id: "endOfSupport",
    label: "End of support",
    rank: null,
    width: 150,
    cell: ({ support }) => support.endOfSupport ?? "–",
  },
  {
    id: "createdAt",
    label: "Created",
    rank: null,
    width: 190,
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
  {
    id: "firstSeenAt",
    label: "First seen",
    rank: null,
    width: 190,
    cell: ({ firstSeenAt }) => <Instant at={firstSeenAt} />,
  },
  {
    id: "lastSeenAt",
    label: "Last seen",
    rank: null,
    width: 190,
    cell: ({ lastSeenAt }) => <Instant at={lastSeenAt} />,
  },
  {
    id: "observedAt",
    label: "Observed",
    rank: null,
    width: 190,
    cell: ({ observedAt }) => <Instant at={observedAt} />,
  },
  { id: "id", label: "Broker id", rank: null, width: 320, cell: ({ id }) => id },
];

const SORTABLE: ReadonlySet<string> = new Set([...BROKER_PROPERTIES, "observedAt"]);

/** What can be shown of a broker, for the preferences. */
export const BROKER_COLUMN_OPTIONS: readonly ColumnOption[] = COLUMNS;

/** Column definitions of the table; the server sorts, by the property of the column's id. */
export function brokerColumns(asOf: string): TableProps.ColumnDefinition<BrokerItem>[] {
  return COLUMNS.map(({ id, label, width, cell }) => ({
    id,
    header: label,
    cell: (broker) => cell(broker, asOf),
    width,
    minWidth: 80,
    isRowHeader: id === "name",
    ...(SORTABLE.has(id) ? { sortingField: id, ariaLabel: sortControlLabel(label) } : {}),
  }));
}

function NameCell({ broker, asOf }: { broker: BrokerItem; asOf: string }) {
  return (
    <span style={{ display: "inline-flex", gap: 8, alignItems: "center", maxWidth: "100%" }}>
      <span style={{ overflow: "hidden", textOverflow: "ellipsis" }}>
        <AppLink href={`/brokers/${encodeURIComponent(broker.id)}`} nativeAttributes={{ title: broker.name }}>
          {broker.name}
        </AppLink>
      </span>
      <span style={{ display: "inline-flex", gap: 8, flex: "none", whiteSpace: "nowrap" }}>
        <PresenceBadge presence={broker.presence} />
        {broker.stale && <StaleMark observedAt={broker.observedAt} asOf={asOf} />}
      </span>
    </span>
  );
}

function FindingsCell({ broker }: { broker: BrokerItem }) {
  if (broker.openFindings === 0) return "0";
  return (
    <span style={{ display: "inline-flex", gap: 8, alignItems: "center" }}>
      <AppLink href={openWorkPath(broker.id)} ariaLabel={`${broker.openFindings} open findings of ${broker.name}`}>
        {broker.openFindings}
      </AppLink>
      {broker.worstSeverity && <SeverityBadge severity={broker.worstSeverity} />}
    </span>
  );
}
