"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { ChangeValue } from "@/components/broker/change-value";
import { attributeLabel } from "@/components/broker/labels";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatInstant } from "@/components/ui/times";
import type { Overview } from "@/lib/contracts/overview";

/** What changed since last time: attributes of brokers, and findings that opened and closed. */
export function ChangesList({ data: { changes, asOf } }: { data: Overview }) {
  return (
    <Table
      variant="container"
      items={changes.items}
      trackBy={({ id }) => id}
      wrapLines
      ariaLabels={{ tableLabel: "What changed" }}
      header={
        <Header
          variant="h2"
          counter={`(${changes.total})`}
          description={`${changes.since ? `Since ${formatInstant(changes.since)}: ` : ""}${formatNumberOf(changes.opened, "finding")} opened, ${changes.closed} closed`}
        >
          What changed
        </Header>
      }
      columnDefinitions={[
        {
          id: "broker",
          header: "Broker",
          isRowHeader: true,
          cell: ({ brokerId, brokerName }) => (
            <AppLink
              href={`/brokers/${encodeURIComponent(brokerId)}?tab=history`}
              nativeAttributes={{ title: brokerName }}
            >
              {brokerName}
            </AppLink>
          ),
          maxWidth: 200,
        },
        { id: "attribute", header: "Attribute", cell: ({ attribute }) => attributeLabel(attribute), maxWidth: 180 },
        { id: "change", header: "Change", cell: (change) => <ChangeValue {...change} />, minWidth: 180 },
        { id: "when", header: "Seen", cell: ({ observedAt }) => <Instant at={observedAt} asOf={asOf} />, width: 120 },
      ]}
      empty={<AllClear title="Nothing changed">No attribute of any broker changed in this time.</AllClear>}
    />
  );
}
