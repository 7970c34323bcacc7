import type { ConnectorEndpoint } from "./endpoint-uri";
import { adjacencyOf, articulationPoints, connectedComponents } from "./graph-algorithms";
import type { NetworkConnector } from "./network-connectors";

/** An ActiveMQ broker as the mesh sees it. */
export interface MeshBroker {
  /** Broker ARN. */
  readonly key: string;
  readonly brokerId: string;
  /** Host names of its own endpoints, where DescribeBroker gave them; else the broker id in the host decides. */
  readonly hosts?: readonly string[];
  /** Connectors of the configuration revision that is in force; null when it was not read or could not be. */
  readonly connectors: readonly NetworkConnector[] | null;
}

/** A connector from one known broker to another. Messages flow from `from` to `to`, and back where it is duplex. */
export interface MeshEdge {
  readonly from: string;
  readonly to: string;
  readonly connector: string;
  readonly duplex: boolean;
  readonly userName: string | null;
  /** The connector keeps one connection to one of several brokers: this is one of the choices, connected or not. */
  readonly oneOfSeveral: boolean;
}

/** An endpoint of no known broker: on-premises, or an account that is not connected. Drawn, never counted. */
export interface ExternalPeer {
  readonly host: string;
  readonly port: number | null;
  /** Set when it is a broker of Amazon MQ that the inventory does not have. */
  readonly brokerId: string | null;
  readonly connectors: readonly { readonly from: string; readonly connector: string; readonly duplex: boolean }[];
}

/** Brokers joined by connectors: two or more. */
export interface MeshComponent {
  /** Sorted. */
  readonly brokers: readonly string[];
  /** Brokers whose loss splits the mesh. */
  readonly articulationBrokers: readonly string[];
  /** Some of its brokers' configurations were not read: there may be more connectors than are shown. */
  readonly incomplete: boolean;
}

export interface Mesh {
  readonly edges: readonly MeshEdge[];
  readonly externalPeers: readonly ExternalPeer[];
  /** Largest first. */
  readonly components: readonly MeshComponent[];
  /** Brokers joined to no other known broker, with their configuration read. */
  readonly standalone: readonly string[];
  /** Brokers whose configuration was not read and that no other broker connects to: unknown, not standalone. */
  readonly unknown: readonly string[];
  /** Pairs between which messages flow one way only. */
  readonly oneWayPairs: readonly { readonly from: string; readonly to: string }[];
  /** Connectors that lead to their own broker, or whose URI names no endpoint. */
  readonly uselessConnectors: readonly {
    readonly from: string;
    readonly connector: string;
    readonly reason: "own-broker" | "no-endpoint";
  }[];
}

/** The mesh that the brokers' current configurations describe. Output is sorted, whatever the order of the input. */
export function buildMesh(brokers: readonly MeshBroker[]): Mesh {
  const sorted = [...brokers].sort((a, b) => (a.key < b.key ? -1 : 1));
  const find = brokerFinder(sorted);
  const edges: MeshEdge[] = [];
  const useless: Mesh["uselessConnectors"][number][] = [];
  const externals = new Map<string, { peer: ExternalPeer; connectors: ExternalPeer["connectors"][number][] }>();

  for (const { key: from, connectors } of sorted) {
    for (const connector of connectors ?? []) {
      const known = new Set<string>();
      for (const endpoint of connector.endpoints) {
        const to = find(endpoint);
        if (to) known.add(to);
        else addExternal(externals, endpoint, { from, connector: connector.name, duplex: connector.duplex });
      }
      const others = [...known].filter((to) => to !== from);
      const base = { from, connector: connector.name, duplex: connector.duplex, userName: connector.userName };
      for (const to of others) edges.push({ ...base, to, oneOfSeveral: connector.oneOf && others.length > 1 });
      if (known.has(from)) useless.push({ from, connector: connector.name, reason: "own-broker" });
      if (connector.endpoints.length === 0) useless.push({ from, connector: connector.name, reason: "no-endpoint" });
    }
  }

  const graph = adjacencyOf(
    sorted.map((broker) => broker.key),
    edges.map(({ from, to }) => [from, to] as const),
  );
  const unread = new Set(sorted.filter((broker) => broker.connectors === null).map((broker) => broker.key));
  const cuts = new Set(articulationPoints(graph));
  const groups = connectedComponents(graph);
  const singles = groups.filter((group) => group.length === 1).flat();
  return {
    edges,
    externalPeers: [...externals.values()].map(({ peer, connectors }) => ({ ...peer, connectors })).sort(byHost),
    components: groups
      .filter((group) => group.length > 1)
      .map((group) => ({
        brokers: group,
        articulationBrokers: group.filter((key) => cuts.has(key)),
        incomplete: group.some((key) => unread.has(key)),
      })),
    standalone: singles.filter((key) => !unread.has(key)),
    unknown: singles.filter((key) => unread.has(key)),
    oneWayPairs: oneWayPairs(edges),
    uselessConnectors: useless,
  };
}

/** The component a broker belongs to; undefined when it is joined to no other. */
export function componentOf(mesh: Mesh, key: string): MeshComponent | undefined {
  return mesh.components.find((component) => component.brokers.includes(key));
}

/** Every broker a broker is joined to, directly or through others; empty when it stands alone. */
export function meshPeers(mesh: Mesh, key: string): readonly string[] {
  return componentOf(mesh, key)?.brokers.filter((peer) => peer !== key) ?? [];
}

/**
 * Connections a broker's own connectors should hold: one for a choice of several endpoints, else one to each broker (only one endpoint of an
 * active/standby pair answers at a time). Compared with NetworkConnectorConnectionCount.
 */
export function expectedConnectorConnections(connectors: readonly NetworkConnector[]): number {
  return connectors.reduce((sum, { oneOf, endpoints }) => sum + (oneOf ? 1 : new Set(endpoints.map(peerId)).size), 0);
}

/** One id for both endpoints of a pair. */
function peerId({ brokerId, host, port }: ConnectorEndpoint): string {
  return brokerId ?? `${host}:${port ?? ""}`;
}

function brokerFinder(brokers: readonly MeshBroker[]): (endpoint: ConnectorEndpoint) => string | undefined {
  const byHost = new Map(
    brokers.flatMap(({ key, hosts }) => (hosts ?? []).map((host) => [host.toLowerCase(), key] as const)),
  );
  const byId = new Map(brokers.map(({ key, brokerId }) => [brokerId.toLowerCase(), key]));
  return ({ host, brokerId }) => byHost.get(host) ?? (brokerId ? byId.get(brokerId) : undefined);
}

function addExternal(
  externals: Map<string, { peer: ExternalPeer; connectors: ExternalPeer["connectors"][number][] }>,
  endpoint: ConnectorEndpoint,
  connector: ExternalPeer["connectors"][number],
): void {
  // Both endpoints of an unknown active/standby pair are one peer.
  const id = peerId(endpoint);
  const peer = externals.get(id) ?? {
    peer: { host: endpoint.host, port: endpoint.port, brokerId: endpoint.brokerId, connectors: [] },
    connectors: [],
  };
  externals.set(id, peer);
  if (!peer.connectors.some((known) => known.from === connector.from && known.connector === connector.connector))
    peer.connectors.push(connector);
}

function oneWayPairs(edges: readonly MeshEdge[]): Mesh["oneWayPairs"] {
  const flows = new Set(
    edges.flatMap(({ from, to, duplex }) => [`${from}\n${to}`, ...(duplex ? [`${to}\n${from}`] : [])]),
  );
  const pairs = new Map<string, { from: string; to: string }>();
  for (const { from, to } of edges) if (!flows.has(`${to}\n${from}`)) pairs.set(`${from}\n${to}`, { from, to });
  return [...pairs.values()];
}

function byHost(a: ExternalPeer, b: ExternalPeer): number {
  return a.host < b.host ? -1 : a.host > b.host ? 1 : (a.port ?? 0) - (b.port ?? 0);
}
