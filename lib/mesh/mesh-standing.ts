import { buildMesh, type MeshBroker, type MeshComponent } from "./mesh-graph";

/** A broker with what tells whether a mesh carries it. */
export interface MeshStandingInput extends MeshBroker {
  readonly production: boolean;
  /** Zone ids (use1-az1) of its subnets; null when they are not known. */
  readonly zoneIds: readonly string[] | null;
  /** Highest NetworkConnectorConnectionCount of the last day; null without metric. */
  readonly connectorConnections: number | null;
}

/** Whether a broker is joined, connected, to production brokers in at least two zone ids; null when that is not known. */
export interface MeshStanding {
  readonly joined: boolean | null;
  readonly reason: string;
}

/**
 * The standing of every broker of the fleet, by key. A connection counts when the metric of either end's broker shows one within the last day: a duplex
 * connector may be counted at both.
 */
export function meshStandings(brokers: readonly MeshStandingInput[]): ReadonlyMap<string, MeshStanding> {
  const mesh = buildMesh(brokers);
  const byKey = new Map(brokers.map((broker) => [broker.key, broker]));
  const components = new Map(
    mesh.components.flatMap((component) => component.brokers.map((key) => [key, component] as const)),
  );
  const connectorOwners = new Map<string, Set<string>>();
  for (const { from, to } of mesh.edges) {
    for (const end of [from, to]) connectorOwners.set(end, (connectorOwners.get(end) ?? new Set()).add(from));
  }
  return new Map(
    brokers.map((broker) => {
      const component = components.get(broker.key);
      const owners = [...(connectorOwners.get(broker.key) ?? [])].flatMap((key) => byKey.get(key) ?? []);
      return [broker.key, component ? standingIn(component, broker, owners, byKey) : standingAlone(broker)];
    }),
  );
}

function standingAlone({ connectors }: MeshStandingInput): MeshStanding {
  return connectors === null
    ? { joined: null, reason: "Its configuration was not read" }
    : { joined: false, reason: "Its configuration names no connector to a known broker" };
}

function standingIn(
  component: MeshComponent,
  broker: MeshStandingInput,
  connectorOwners: readonly MeshStandingInput[],
  byKey: ReadonlyMap<string, MeshStandingInput>,
): MeshStanding {
  const peers = component.brokers.flatMap((key) => {
    const peer = byKey.get(key);
    return peer?.production && key !== broker.key ? [peer] : [];
  });
  if (peers.length === 0) {
    return component.incomplete
      ? { joined: null, reason: "Not every configuration of its mesh was read" }
      : { joined: false, reason: "Joined to no other production broker" };
  }
  const connected = seenConnected(connectorOwners);
  if (connected === false) return { joined: false, reason: "Its connectors were not seen connected in the last day" };
  const members = [broker, ...peers];
  const zones = new Set(members.flatMap(({ zoneIds }) => zoneIds ?? []));
  if (zones.size < 2) {
    return members.some(({ zoneIds }) => zoneIds === null)
      ? { joined: null, reason: "The zone ids of its mesh are not known" }
      : { joined: false, reason: "All production brokers of its mesh are in one zone" };
  }
  if (connected === null) return { joined: null, reason: "No connector metric of the last day" };
  return { joined: true, reason: `Joined to ${peers.length} production ${peers.length === 1 ? "broker" : "brokers"}` };
}

/** Whether a connector of these brokers was seen connected; null when that cannot be told. */
function seenConnected(owners: readonly MeshStandingInput[]): boolean | null {
  const counts = owners.map(({ connectorConnections }) => connectorConnections);
  if (counts.some((count) => count !== null && count > 0)) return true;
  return counts.some((count) => count === null) ? null : false;
}
