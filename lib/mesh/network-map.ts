import { adjacencyOf, connectedComponents } from "./graph-algorithms";
import { checkMesh, type MeshBrokerFacts, type MeshCheck } from "./mesh-checks";
import {
  buildMesh,
  type ExternalPeer,
  expectedConnectorConnections,
  type Mesh,
  type MeshBroker,
  type MeshEdge,
} from "./mesh-graph";
import type { NetworkConnector } from "./network-connectors";

/** A broker of the map: what its revision in force says, what a revision that waits will say, and what is known beside. */
export interface MapBroker extends MeshBroker {
  /** Connectors of the revision that waits to be applied; null where none waits, or where it was not read. */
  readonly pendingConnectors: readonly NetworkConnector[] | null;
  readonly facts: MeshBrokerFacts;
}

export type ConnectorDefect = "one-way" | "user-missing" | "not-connected" | "no-user";

/** One connector to one of its endpoints. */
export interface MapConnector {
  readonly id: string;
  readonly name: string;
  /** Broker ARN. */
  readonly from: string;
  /** Broker ARN, or id of an external peer of the same network. */
  readonly to: string;
  readonly external: boolean;
  readonly duplex: boolean;
  readonly oneOfSeveral: boolean;
  /** `pending`: only in a revision that is not applied; `ending`: in force, and gone with the revision that waits. */
  readonly revision: "current" | "pending" | "ending";
  readonly userName: string | null;
  /** Whether the user is known on both ends; of an external peer that cannot be seen. Passwords never can. */
  readonly user: "known" | "missing" | "unknown" | "none-named" | "not-visible";
  /** ARNs of the ends where the user is missing, or not known to be there. */
  readonly userNotOn: readonly string[];
  /** By the broker's own NetworkConnectorConnectionCount: of all its connectors, of some of them, of none. */
  readonly connected: "connected" | "some" | "not-connected" | "no-metric" | "not-applied";
  readonly defects: readonly ConnectorDefect[];
}

export interface MapExternalPeer {
  readonly id: string;
  readonly host: string;
  readonly port: number | null;
  /** Set when it is a broker of Amazon MQ that the inventory does not have. */
  readonly brokerId: string | null;
}

/** What is drawn together. `outside-only`: one broker with external peers; `pending-only`: nothing in force joins its brokers yet. */
export interface MapNetwork {
  /** Broker id of its first broker by ARN. */
  readonly id: string;
  readonly kind: "network" | "outside-only" | "pending-only";
  /** ARNs, sorted. */
  readonly brokers: readonly string[];
  readonly externalPeers: readonly MapExternalPeer[];
  readonly connectors: readonly MapConnector[];
  readonly checks: readonly MeshCheck[];
  /** Some of its brokers' configurations were not read: there may be more connectors than are shown. */
  readonly incomplete: boolean;
}

export interface NetworkMap {
  /** Worst first: most failed checks, then most undecided ones, then most brokers. */
  readonly networks: readonly MapNetwork[];
  /** Brokers in no network, with their configuration read. */
  readonly standalone: readonly string[];
  /** Brokers whose configuration was not read and that no other leads to. */
  readonly unknown: readonly string[];
  readonly uselessConnectors: Mesh["uselessConnectors"];
}

/**
 * Every network of brokers that configurations describe, with checks and connectors judged one by one. External peers and connectors of revisions
 * that wait are drawn with the brokers they belong to, but make no network and count in no check (semantics: mesh truth). Output is sorted,
 * whatever the order of the input.
 */
export function buildNetworkMap(brokers: readonly MapBroker[]): NetworkMap {
  const byKey = new Map(brokers.map((broker) => [broker.key, broker]));
  const mesh = buildMesh(brokers);
  const waiting = buildMesh(
    brokers.map((broker) => ({ ...broker, connectors: broker.pendingConnectors ?? broker.connectors })),
  );
  const all = connectorsOf(mesh, waiting, byKey);
  const graph = adjacencyOf(
    [...byKey.keys()].sort(),
    all.filter(({ external }) => !external).map(({ from, to }) => [from, to] as const),
  );
  const facts = new Map(brokers.map(({ key, facts: known }) => [key, known]));
  const groups = connectedComponents(graph);
  const groupOf = new Map(groups.flatMap((group, index) => group.map((key) => [key, index] as const)));
  const connectors = groups.map((): MapConnector[] => []);
  for (const connector of all) connectors[groupOf.get(connector.from) ?? -1]?.push(connector);
  const components = groups.map((): Mesh["components"][number][] => []);
  for (const component of mesh.components) components[groupOf.get(component.brokers[0] ?? "") ?? -1]?.push(component);
  const outside = new Map([...mesh.externalPeers, ...waiting.externalPeers].map((peer) => [externalKey(peer), peer]));

  const networks = groups.flatMap((group, index): MapNetwork[] => {
    const own = connectors[index] ?? [];
    const first = byKey.get(group[0] ?? "");
    if (!first || own.length === 0) return [];
    const meshes = components[index] ?? [];
    const peers = [...new Set(own.filter(({ external }) => external).map(({ to }) => to))].sort();
    return [
      {
        id: first.brokerId,
        kind: meshes.length > 0 ? "network" : group.length > 1 ? "pending-only" : "outside-only",
        brokers: group,
        externalPeers: peers.flatMap((id) => {
          const peer = outside.get(id);
          return peer ? [{ id, host: peer.host, port: peer.port, brokerId: peer.brokerId }] : [];
        }),
        connectors: own,
        checks: mergedChecks(meshes.map((component) => checkMesh(mesh, component, facts))),
        incomplete: group.some((key) => byKey.get(key)?.connectors === null),
      },
    ];
  });
  const placed = new Set(networks.flatMap((network) => network.brokers));
  return {
    networks: networks.sort(worstFirst),
    standalone: mesh.standalone.filter((key) => !placed.has(key)),
    unknown: mesh.unknown.filter((key) => !placed.has(key)),
    uselessConnectors: mesh.uselessConnectors,
  };
}

/** How many checks of a network came out so. */
export function checksThat({ checks }: Pick<MapNetwork, "checks">, outcome: MeshCheck["outcome"]): number {
  return checks.filter((check) => check.outcome === outcome).length;
}

function worstFirst(a: MapNetwork, b: MapNetwork): number {
  return (
    checksThat(b, "fail") - checksThat(a, "fail") ||
    checksThat(b, "unknown") - checksThat(a, "unknown") ||
    b.brokers.length - a.brokers.length ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Networks that only a waiting revision joins are drawn together: of each check the worst, with all brokers it concerns. */
function mergedChecks(lists: readonly (readonly MeshCheck[])[]): readonly MeshCheck[] {
  const [first = [], ...rest] = lists;
  const rank = { fail: 0, unknown: 1, pass: 2 };
  return rest.reduce(
    (merged, list) =>
      merged.map((check, index) => {
        const other = list[index];
        if (!other || rank[other.outcome] > rank[check.outcome]) return check;
        if (other.outcome !== check.outcome) return other;
        return { ...check, brokers: [...check.brokers, ...other.brokers].sort() };
      }),
    first,
  );
}

interface Found {
  from: string;
  to: string;
  external: boolean;
  connector: string;
  duplex: boolean;
  userName: string | null;
  oneOfSeveral: boolean;
}

function connectorsOf(mesh: Mesh, waiting: Mesh, byKey: ReadonlyMap<string, MapBroker>): MapConnector[] {
  const text = ({ from, to, connector, duplex, userName }: Found) =>
    JSON.stringify([from, to, connector, duplex, userName]);
  const current = [...foundIn(mesh, byKey, false)];
  const next = [...foundIn(waiting, byKey, true)];
  const inForce = new Set(current.map(text));
  const staying = new Set(next.map(text));
  const oneWay = new Set(mesh.oneWayPairs.map(({ from, to }) => `${from}\n${to}`));
  const ids = new Map<string, number>();
  const made = (found: Found, revision: MapConnector["revision"]): MapConnector => {
    const { from, to, connector: name, external, duplex, userName, oneOfSeveral } = found;
    const idOf = (key: string) => byKey.get(key)?.brokerId ?? key;
    const base = `${idOf(from)} ${name} ${idOf(to)}${revision === "pending" ? " pending" : ""}`;
    const nth = (ids.get(base) ?? 0) + 1;
    ids.set(base, nth);
    const user = external
      ? { user: userName ? ("not-visible" as const) : ("none-named" as const), userNotOn: [] }
      : userOf(found, byKey);
    const connected = revision === "pending" ? "not-applied" : connectedOf(byKey.get(from));
    const defects: ConnectorDefect[] = [
      ...(revision !== "pending" && oneWay.has(`${from}\n${to}`) ? (["one-way"] as const) : []),
      ...(user.user === "missing" ? (["user-missing"] as const) : []),
      ...(user.user === "none-named" && !external ? (["no-user"] as const) : []),
      ...(connected === "not-connected" ? (["not-connected"] as const) : []),
    ];
    const id = nth > 1 ? `${base} ${nth}` : base;
    return { id, name, from, to, external, duplex, oneOfSeveral, revision, userName, ...user, connected, defects };
  };
  return [
    ...current.map((found) =>
      made(found, byKey.get(found.from)?.pendingConnectors && !staying.has(text(found)) ? "ending" : "current"),
    ),
    ...next.filter((found) => !inForce.has(text(found))).map((found) => made(found, "pending")),
  ];
}

/** All connectors of a mesh; of the waiting one only those of brokers whose revision waits. */
function foundIn(mesh: Mesh, byKey: ReadonlyMap<string, MapBroker>, waiting: boolean): Found[] {
  const wanted = (from: string) => !waiting || Boolean(byKey.get(from)?.pendingConnectors);
  const inside = mesh.edges.map((edge: MeshEdge) => ({ ...edge, external: false }));
  const outside = mesh.externalPeers.flatMap((peer) =>
    peer.connectors.map(({ from, connector, duplex }) => {
      const broker = byKey.get(from);
      const named = (waiting ? broker?.pendingConnectors : broker?.connectors)?.find(({ name }) => name === connector);
      const to = externalKey(peer);
      return { from, to, external: true, connector, duplex, userName: named?.userName ?? null, oneOfSeveral: false };
    }),
  );
  return [...inside, ...outside].filter(({ from }) => wanted(from));
}

function externalKey({ host, port, brokerId }: Pick<ExternalPeer, "host" | "port" | "brokerId">): string {
  return brokerId ?? (port === null ? host : `${host}:${port}`);
}

function userOf(
  { from, to, userName }: Found,
  byKey: ReadonlyMap<string, MapBroker>,
): Pick<MapConnector, "user" | "userNotOn"> {
  if (!userName) return { user: "none-named", userNotOn: [] };
  const users = [from, to].map((key) => ({ key, names: byKey.get(key)?.facts.userNames ?? null }));
  const missing = users.filter(({ names }) => names !== null && !names.includes(userName));
  if (missing.length > 0) return { user: "missing", userNotOn: missing.map(({ key }) => key) };
  const unknown = users.filter(({ names }) => names === null);
  return { user: unknown.length > 0 ? "unknown" : "known", userNotOn: unknown.map(({ key }) => key) };
}

/** The metric counts all connectors of a broker together: with fewer than there should be, it does not say which of them. */
function connectedOf(broker: MapBroker | undefined): MapConnector["connected"] {
  const seen = broker?.facts.connectorConnections ?? null;
  if (!broker?.connectors || seen === null) return "no-metric";
  if (seen === 0) return "not-connected";
  return seen >= expectedConnectorConnections(broker.connectors) ? "connected" : "some";
}
