"use client";

import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { accountLabel, sentenceCase } from "@/components/broker/labels";
import { CollectionTable } from "@/components/list/collection-table";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { CodeWords } from "@/components/ui/code-words";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import type { TopologyMap } from "@/lib/contracts/topology";
import { openWorkPath } from "@/lib/domain/open-work-path";
import { nameById } from "./map-details";
import { connectedShort, defectWords, networkVerdict, revisionWords, userWords, zoneWords } from "./topology-words";

export function NetworkTable({ map, onChoose }: { map: TopologyMap; onChoose(network: string): void }) {
  return (
    <CollectionTable
      items={map.networks}
      what="networks"
      label="Networks, worst first"
      variant="borderless"
      allClear={<AllClear title="No networks" />}
      columnDefinitions={[
        {
          id: "name",
          header: "Network",
          isRowHeader: true,
          minWidth: 130,
          sortingField: "name",
          cell: ({ id, name }) => (
            <Button variant="inline-link" onClick={() => onChoose(id)} ariaLabel={`Show the network ${name}`}>
              {name}
            </Button>
          ),
        },
        {
          id: "verdict",
          header: "Checks",
          minWidth: 165,
          sortingField: "failed",
          cell: (network) => (
            <Status
              type={
                network.failed > 0
                  ? "error"
                  : network.unknown > 0
                    ? "pending"
                    : network.kind === "network"
                      ? "success"
                      : "info"
              }
            >
              {networkVerdict(network)}
            </Status>
          ),
        },
        {
          id: "brokers",
          header: "Brokers",
          minWidth: 105,
          sortingField: "brokers",
          cell: ({ brokers, productionBrokers }) => (
            <>
              <div>{brokers}</div>
              <Box variant="small">{productionBrokers} in production</Box>
            </>
          ),
        },
        { id: "connectors", header: "Connectors", sortingField: "connectors", cell: ({ connectors }) => connectors },
        {
          id: "peers",
          header: "External peers",
          sortingField: "externalPeers",
          cell: ({ externalPeers }) => externalPeers,
        },
        { id: "regions", header: "Regions", minWidth: 115, cell: ({ regions }) => <Lines texts={regions} /> },
        { id: "accounts", header: "Accounts", minWidth: 115, cell: ({ accounts }) => <Lines texts={accounts} /> },
      ]}
    />
  );
}

export function BrokerTable({ map, onSelect }: { map: TopologyMap; onSelect(id: string): void }) {
  const titles = new Map(map.networks.flatMap(({ checks }) => checks.map(({ id, title }) => [id, title] as const)));
  const networks = new Map(map.networks.map(({ id, name }) => [id, name]));
  return (
    <CollectionTable
      items={map.brokers}
      what="brokers"
      label="Brokers in networks"
      variant="borderless"
      allClear={<AllClear title="No brokers in networks" />}
      columnDefinitions={[
        {
          id: "name",
          header: "Broker",
          isRowHeader: true,
          minWidth: 165,
          sortingField: "name",
          cell: ({ id, name, stale, matches }) => (
            <SpaceBetween size="xxs">
              <AppLink href={`/brokers/${encodeURIComponent(id)}?tab=topology`}>{name}</AppLink>
              <Button variant="inline-link" onClick={() => onSelect(id)} ariaLabel={`Show ${name} on the map`}>
                On the map
              </Button>
              {stale && <Badge>Stale</Badge>}
              {!matches && <Badge>Outside the filter</Badge>}
            </SpaceBetween>
          ),
        },
        {
          id: "network",
          header: "Network",
          minWidth: 90,
          sortingField: "network",
          cell: ({ network }) => networks.get(network) ?? network,
        },
        {
          id: "account",
          header: "Account",
          minWidth: 120,
          sortingField: "accountId",
          cell: ({ accountId, accountName }) => accountLabel(accountId, accountName),
        },
        {
          id: "place",
          header: "Region, zone ids",
          minWidth: 125,
          sortingField: "region",
          cell: ({ region, zoneIds }) => (
            <>
              <div style={{ whiteSpace: "nowrap" }}>{region}</div>
              <Box variant="small">{zoneIds ? zoneWords(zoneIds) : "Zones unknown"}</Box>
            </>
          ),
        },
        {
          id: "version",
          header: "Version",
          minWidth: 90,
          sortingField: "engineVersion",
          cell: ({ engineVersion, environment }) => (
            <>
              <div>{engineVersion ?? "Unknown"}</div>
              <Box variant="small">{sentenceCase(environment)}</Box>
            </>
          ),
        },
        {
          id: "defects",
          header: "Failed checks",
          minWidth: 160,
          sortingComparator: (a, b) => a.defects.length - b.defects.length,
          cell: ({ defects, undecided }) => (
            <>
              {defects.length > 0 && <Status type="error">{`${defects.length} failed`}</Status>}
              {defects.map((id) => (
                <Box key={id} variant="small" display="block">
                  {titles.get(id) ?? id}
                </Box>
              ))}
              {undecided.length > 0 && <Status type="pending">{`${undecided.length} undecided`}</Status>}
              {defects.length + undecided.length === 0 && "None"}
            </>
          ),
        },
        {
          id: "findings",
          header: "Open findings",
          sortingField: "openFindings",
          cell: ({ id, openFindings }) => (
            <AppLink href={openWorkPath(id)} ariaLabel={formatNumberOf(openFindings, "open finding")}>
              {openFindings}
            </AppLink>
          ),
        },
      ]}
    />
  );
}

/** Each on a line of its own, whole. */
function Lines({ texts }: { texts: readonly string[] }) {
  return texts.map((text) => (
    <div key={text} style={{ whiteSpace: "nowrap" }}>
      {text}
    </div>
  ));
}

export function ConnectorTable({ map }: { map: TopologyMap }) {
  const names = nameById(map);
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <CollectionTable
      items={map.connectors.map((connector) => ({
        ...connector,
        fromName: nameOf(connector.from),
        toName: nameOf(connector.to),
      }))}
      what="connectors"
      label="Network connectors"
      variant="borderless"
      allClear={<AllClear title="No connectors" />}
      columnDefinitions={[
        {
          id: "from",
          header: "From",
          isRowHeader: true,
          minWidth: 155,
          sortingField: "fromName",
          cell: ({ fromName }) => <span className="mqs-words">{fromName}</span>,
        },
        {
          id: "to",
          header: "To",
          minWidth: 155,
          sortingField: "toName",
          cell: ({ toName, external }) => (
            <SpaceBetween size="xxs">
              <span className="mqs-break">
                <CodeWords text={toName} />
              </span>
              {external && <Badge>External peer</Badge>}
            </SpaceBetween>
          ),
        },
        {
          id: "name",
          header: "Connector",
          minWidth: 150,
          sortingField: "name",
          cell: ({ name, revision }) => (
            <>
              <div className="mqs-break">
                <CodeWords text={name} />
              </div>
              {revision !== "current" && <Box variant="small">{revisionWords(revision)}</Box>}
            </>
          ),
        },
        {
          id: "direction",
          header: "Direction",
          minWidth: 90,
          sortingField: "duplex",
          cell: ({ duplex }) => (duplex ? "Both ways" : "One way"),
        },
        { id: "user", header: "User", minWidth: 120, cell: (connector) => userWords(connector, nameOf) },
        {
          id: "connected",
          header: "Connected",
          minWidth: 100,
          sortingField: "connected",
          cell: ({ connected }) => connectedShort(connected),
        },
        {
          id: "defects",
          header: "Defects",
          minWidth: 150,
          sortingComparator: (a, b) => a.defects.length - b.defects.length,
          cell: ({ defects }) =>
            defects.length === 0
              ? "None seen"
              : defects.map((defect) => (
                  <div key={defect}>
                    <Status type="error">{defectWords(defect)}</Status>
                  </div>
                )),
        },
      ]}
    />
  );
}

/** Brokers in no network, and why; RabbitMQ beside. */
export function AloneTable({ map: { alone, rabbitmq } }: { map: TopologyMap }) {
  const total = alone.standalone + alone.unknown;
  return (
    <SpaceBetween size="m">
      <Box variant="p">
        {formatNumberOf(rabbitmq.brokers, "RabbitMQ broker")}, of which {formatNumberOf(rabbitmq.clusters, "cluster")},
        are not part of this page: {rabbitmq.sentence}
        {total > alone.items.length
          ? ` ${alone.items.length} of ${formatNumberOf(total, "ActiveMQ broker")} are listed, production first; filter to see the others.`
          : ""}
      </Box>
      <CollectionTable
        items={alone.items}
        what="brokers"
        label="ActiveMQ brokers in no network"
        variant="borderless"
        allClear={<AllClear title="Every ActiveMQ broker is in a network" />}
        columnDefinitions={[
          {
            id: "name",
            header: "Broker",
            isRowHeader: true,
            minWidth: 180,
            sortingField: "name",
            cell: ({ id, name }) => <AppLink href={`/brokers/${encodeURIComponent(id)}?tab=topology`}>{name}</AppLink>,
          },
          {
            id: "account",
            header: "Account",
            minWidth: 180,
            sortingField: "accountId",
            cell: ({ accountId, accountName }) => accountLabel(accountId, accountName),
          },
          { id: "region", header: "Region", sortingField: "region", cell: ({ region }) => region },
          {
            id: "environment",
            header: "Environment",
            sortingField: "environment",
            cell: ({ environment }) => sentenceCase(environment),
          },
          {
            id: "standing",
            header: "Standing",
            minWidth: 260,
            sortingField: "standing",
            cell: ({ standing, reason }) => (
              <>
                <Status type={standing === "unknown" ? "pending" : "info"}>
                  {standing === "unknown" ? "Unknown" : "Stands alone"}
                </Status>
                <Box variant="small" display="block">
                  {reason}
                </Box>
              </>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}
