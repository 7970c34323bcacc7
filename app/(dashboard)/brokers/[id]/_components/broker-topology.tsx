"use client";

import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { sentenceCase } from "@/components/broker/labels";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { CodeBlock } from "@/components/ui/code-block";
import { formatInstant } from "@/components/ui/times";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import { TopologyGraph } from "./topology-graph";

/** The network of brokers around this one, as the current configuration revision says. */
export function BrokerTopology({ detail: { broker, topology } }: { detail: BrokerDetail }) {
  const { status, message, connectors, configuration } = topology;
  return (
    <SpaceBetween size="l">
      {status === "malformed" && (
        <Alert type="warning" header="The configuration could not be read as XML">
          {message ?? "Its text is shown below as AWS keeps it."} No connectors are concluded from it.
        </Alert>
      )}
      {status === "not-read" && <AllClear title="The configuration has not been read">{message}</AllClear>}
      {status === "not-applicable" && <AllClear title="No network of brokers to show">{message}</AllClear>}
      {connectors.length > 0 && (
        <>
          <TopologyGraph name={broker.name} connectors={connectors} />
          <div>
            <AppLink href={`/topology?${new URLSearchParams({ component: broker.id, selected: broker.id })}`}>
              Show the broker on the map of its network
            </AppLink>
          </div>
        </>
      )}
      {(status === "ok" || connectors.length > 0) && (
        <Table
          variant="borderless"
          items={connectors}
          wrapLines
          ariaLabels={{ tableLabel: "Network connectors" }}
          header={
            <Header variant="h3" counter={`(${connectors.length})`}>
              Network connectors
            </Header>
          }
          empty={
            <AllClear title="No network connectors">
              This broker's configuration connects it to no other, and no other known broker connects to it.
            </AllClear>
          }
          columnDefinitions={[
            {
              id: "peer",
              header: "Peer",
              isRowHeader: true,
              minWidth: 180,
              cell: (connector) => <Peer connector={connector} />,
            },
            { id: "direction", header: "Direction", width: 130, cell: ({ direction }) => sentenceCase(direction) },
            {
              id: "name",
              header: "Connector",
              minWidth: 180,
              cell: ({ name }) => <span className="mqs-break">{name ?? "(no name)"}</span>,
            },
            { id: "host", header: "Endpoint", cell: ({ peerHost }) => <span className="mqs-break">{peerHost}</span> },
            { id: "user", header: "User", minWidth: 120, cell: ({ userName }) => userName ?? "–" },
          ]}
        />
      )}
      {configuration && (
        <ExpandableSection
          headerText={`Configuration ${configuration.id}, revision ${configuration.revision}`}
          headerDescription={`Read on ${formatInstant(configuration.fetchedAt)}. Revisions never change.`}
        >
          <CodeBlock text={configuration.text} label="the configuration" />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function Peer({ connector }: { connector: BrokerDetail["topology"]["connectors"][number] }) {
  if (connector.external || connector.peerBrokerId === null) {
    return (
      <SpaceBetween direction="horizontal" size="xs">
        <span className="mqs-break">{connector.peerHost}</span>
        <Badge>External</Badge>
      </SpaceBetween>
    );
  }
  return (
    <AppLink href={`/brokers/${encodeURIComponent(connector.peerBrokerId)}?tab=topology`}>
      {connector.peerName ?? connector.peerBrokerId}
    </AppLink>
  );
}
