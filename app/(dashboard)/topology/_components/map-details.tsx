"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { accountLabel, deploymentModeLabel, sentenceCase } from "@/components/broker/labels";
import { PresenceBadge, StaleMark } from "@/components/broker/presence-marks";
import { AppLink } from "@/components/ui/app-link";
import { formatCount, formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { mapLines } from "@/lib/chart-models/map-lines";
import type {
  TopologyBroker,
  TopologyConnector,
  TopologyMap,
  TopologyNetwork,
  TopologyPeer,
} from "@/lib/contracts/topology";
import { openWorkPath } from "@/lib/domain/open-work-path";
import {
  connectedWords,
  defectWords,
  directionWords,
  networkVerdict,
  revisionWords,
  userWords,
  zoneWords,
} from "./topology-words";

/** Brokers of a check that are named; the others are counted. */
const NAMED = 6;

interface DetailsProps {
  map: TopologyMap;
  selected: string | null;
  onSelect(id: string | null): void;
}

/** What is selected on the map, in words; with nothing selected, the network that is drawn, if it is one. */
export function MapDetails({ map, selected, onSelect }: DetailsProps) {
  const broker = map.brokers.find(({ id }) => id === selected);
  const peer = map.externalPeers.find(({ id }) => id === selected);
  if (broker) return <BrokerDetails map={map} broker={broker} onSelect={onSelect} />;
  if (peer) return <PeerDetails map={map} peer={peer} onSelect={onSelect} />;
  if (selected !== null) return <LineDetails map={map} line={selected} onSelect={onSelect} />;
  const only = map.drawn.length === 1 ? map.networks.find(({ id }) => id === map.drawn[0]) : undefined;
  return only ? <NetworkDetails map={map} network={only} onSelect={onSelect} /> : null;
}

function Panel({ title, onClose, children }: { title: string; onClose?: () => void; children: ReactNode }) {
  return (
    <div aria-live="polite">
      <Container
        header={
          <Header
            variant="h2"
            actions={onClose && <Button variant="icon" iconName="close" ariaLabel="Select nothing" onClick={onClose} />}
          >
            <span className="mqs-break">{title}</span>
          </Header>
        }
      >
        <SpaceBetween size="m">{children}</SpaceBetween>
      </Container>
    </div>
  );
}

function NetworkDetails({
  map,
  network,
  onSelect,
}: {
  map: TopologyMap;
  network: TopologyNetwork;
  onSelect(id: string): void;
}) {
  const names = nameById(map);
  const order = { fail: 0, unknown: 1, pass: 2 };
  return (
    <Panel title={network.name}>
      <Box variant="small">
        {formatNumberOf(network.brokers, "broker")}, {formatNumberOf(network.connectors, "connector")}
        {network.externalPeers > 0 ? `, ${formatNumberOf(network.externalPeers, "external peer")}` : ""}.{" "}
        {network.kind === "network" ? "" : `${networkVerdict(network)}: no checks apply.`}
        {network.incomplete ? "Not every configuration was read: there may be more connectors." : ""}
      </Box>
      {[...network.checks]
        .sort((a, b) => order[a.outcome] - order[b.outcome])
        .map((check) => (
          <div key={check.id}>
            <Outcome outcome={check.outcome}>{check.title}</Outcome>
            {check.outcome !== "pass" && (
              <Box variant="small" display="block" color="text-body-secondary">
                {check.explanation}{" "}
                <BrokerButtons ids={concernedBy(map, network.id, check)} names={names} onSelect={onSelect} />
              </Box>
            )}
          </div>
        ))}
    </Panel>
  );
}

/** Brokers of the network that a check fails for, or is undecided for. */
function concernedBy(
  { brokers }: TopologyMap,
  network: string,
  { id, outcome }: TopologyNetwork["checks"][number],
): string[] {
  return brokers
    .filter(
      (broker) => broker.network === network && (outcome === "fail" ? broker.defects : broker.undecided).includes(id),
    )
    .map((broker) => broker.id);
}

function Outcome({ outcome, children }: { outcome: "pass" | "fail" | "unknown"; children: ReactNode }) {
  const type = outcome === "pass" ? "success" : outcome === "fail" ? "error" : "pending";
  const label = outcome === "pass" ? "Pass" : outcome === "fail" ? "Fail" : "Unknown";
  return (
    <div>
      <Status type={type}>{label}</Status>: {children}
    </div>
  );
}

function BrokerButtons({
  ids,
  names,
  onSelect,
}: {
  ids: readonly string[];
  names: ReadonlyMap<string, string>;
  onSelect(id: string): void;
}) {
  return (
    <>
      {ids.slice(0, NAMED).map((id, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <Button variant="inline-link" onClick={() => onSelect(id)}>
            {names.get(id) ?? id}
          </Button>
        </span>
      ))}
      {ids.length > NAMED && ` and ${formatCount(ids.length - NAMED)} more`}
    </>
  );
}

function BrokerDetails({
  map,
  broker,
  onSelect,
}: {
  map: TopologyMap;
  broker: TopologyBroker;
  onSelect(id: string | null): void;
}) {
  const network = map.networks.find(({ id }) => id === broker.network);
  const own = map.connectors.filter(({ from, to }) => from === broker.id || to === broker.id);
  const concerned = (network?.checks ?? []).filter(
    ({ id }) => broker.defects.includes(id) || broker.undecided.includes(id),
  );
  return (
    <Panel title={broker.name} onClose={() => onSelect(null)}>
      <SpaceBetween direction="horizontal" size="xs">
        <PresenceBadge presence={broker.presence} />
        {broker.stale && <StaleMark observedAt={broker.observedAt} asOf={map.asOf} />}
      </SpaceBetween>
      <SpaceBetween direction="horizontal" size="m">
        <AppLink href={`/brokers/${encodeURIComponent(broker.id)}?tab=topology`}>Broker</AppLink>
        <AppLink href={openWorkPath(broker.id)}>{formatNumberOf(broker.openFindings, "open finding")}</AppLink>
      </SpaceBetween>
      {concerned.map((check) => (
        <div key={check.id}>
          <Outcome outcome={check.outcome}>{check.title}</Outcome>
          <Box variant="small" display="block" color="text-body-secondary">
            {check.explanation}
          </Box>
        </div>
      ))}
      {broker.uselessConnectors.map(({ name, reason }) => (
        <Outcome key={name} outcome="fail">
          {reason === "own-broker"
            ? `Connector ${name} leads to the broker itself`
            : `Connector ${name} names no endpoint`}
        </Outcome>
      ))}
      <KeyValuePairs
        columns={1}
        items={[
          { label: "State", value: sentenceCase(broker.state) },
          {
            label: "Version and type",
            value: `${broker.engineVersion ?? "Unknown"}, ${broker.instanceType ?? "type unknown"}, ${broker.deploymentMode ? deploymentModeLabel(broker.deploymentMode) : "mode unknown"}`,
          },
          {
            label: "Account and region",
            value: `${accountLabel(broker.accountId, broker.accountName)}, ${broker.region}`,
          },
          { label: "Zone ids", value: zoneWords(broker.zoneIds) },
          { label: "Environment", value: sentenceCase(broker.environment) },
          { label: "Owner", value: broker.owner ?? "None" },
          { label: "Maintenance window", value: broker.maintenanceWindow ?? "Unknown" },
          {
            label: "Connections of its connectors, highest since yesterday",
            value:
              broker.connectorConnections === null ? "Unknown: no metric" : formatCount(broker.connectorConnections),
          },
          {
            label: "Configuration",
            value: broker.configurationRead
              ? broker.configurationPending
                ? "Read; a revision waits to be applied"
                : "Read"
              : "Not read or not understood: connectors of its own are not known",
          },
        ]}
      />
      <ConnectorList map={map} connectors={own} />
    </Panel>
  );
}

function PeerDetails({
  map,
  peer,
  onSelect,
}: {
  map: TopologyMap;
  peer: TopologyPeer;
  onSelect(id: string | null): void;
}) {
  return (
    <Panel title={peer.host} onClose={() => onSelect(null)}>
      <Box variant="p">
        {peer.brokerId
          ? `A broker of Amazon MQ (${peer.brokerId}) that is not in the inventory: its account or region is not connected, or it is gone.`
          : "No broker of the inventory: on premises, or in an account that is not connected."}{" "}
        Drawn, but counted in no figure and no check.
      </Box>
      <KeyValuePairs
        columns={1}
        items={[{ label: "Port", value: peer.port === null ? "Not named" : String(peer.port) }]}
      />
      <ConnectorList map={map} connectors={map.connectors.filter(({ to }) => to === peer.id)} />
    </Panel>
  );
}

function LineDetails({ map, line, onSelect }: { map: TopologyMap; line: string; onSelect(id: string | null): void }) {
  const positions = new Map([...map.brokers, ...map.externalPeers].map(({ id, x, y }) => [id, { x, y }] as const));
  const ids = mapLines(map.connectors, positions).find(({ id }) => id === line)?.connectors ?? [];
  return (
    <Panel title={ids.length === 1 ? "Connector" : "Connectors"} onClose={() => onSelect(null)}>
      <ConnectorList map={map} connectors={map.connectors.filter(({ id }) => ids.includes(id))} />
    </Panel>
  );
}

function ConnectorList({ map, connectors }: { map: TopologyMap; connectors: readonly TopologyConnector[] }) {
  const names = nameById(map);
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <>
      {connectors.map((connector) => (
        <div key={connector.id} className="mqs-break">
          <Box variant="strong">{connector.name}</Box>
          <Box variant="small" display="block">
            {nameOf(connector.from)} {connector.duplex ? "⇄" : "→"} {nameOf(connector.to)}.{" "}
            {directionWords(connector.duplex)}. {revisionWords(connector.revision)}.
            {connector.oneOfSeveral ? " One of several choices of this connector." : ""} User:{" "}
            {userWords(connector, nameOf)}. {connectedWords(connector.connected)}.
          </Box>
          {connector.defects.map((defect) => (
            <div key={defect}>
              <Status type="error">{defectWords(defect)}</Status>
            </div>
          ))}
        </div>
      ))}
    </>
  );
}

/** Names of brokers and hosts of peers, by id. */
export function nameById({
  brokers,
  externalPeers,
}: Pick<TopologyMap, "brokers" | "externalPeers">): ReadonlyMap<string, string> {
  return new Map([
    ...brokers.map(({ id, name }) => [id, name] as const),
    ...externalPeers.map(({ id, host }) => [id, host] as const),
  ]);
}
