import { expectedConnectorConnections, type Mesh, type MeshComponent } from "./mesh-graph";
import type { NetworkConnector } from "./network-connectors";

/** What is known of a broker beside its connectors. Everything is optional: what is missing makes the check that needs it unknown. */
export interface MeshBrokerFacts {
  /** Zone ids (use1-az1), not names: names differ per account. */
  readonly zoneIds?: readonly string[] | null;
  readonly engineVersion?: string | null;
  /** Day, time and zone of the weekly maintenance window, as one comparable text. */
  readonly maintenanceWindow?: string | null;
  /** Names of the broker's users; passwords cannot be seen through AWS's API. */
  readonly userNames?: readonly string[] | null;
  readonly connectors?: readonly NetworkConnector[] | null;
  /** Highest NetworkConnectorConnectionCount of the last day. */
  readonly connectorConnections?: number | null;
  /** A configuration revision waits for a reboot. */
  readonly configurationPending?: boolean | null;
  /** Peak load and what the broker can carry, in one unit over all brokers (for example vCPUs in use, vCPUs). */
  readonly load?: { readonly peak: number; readonly capacity: number } | null;
}

export type MeshCheckId =
  | "no-articulation-broker"
  | "both-ways"
  | "several-zones"
  | "several-maintenance-windows"
  | "one-engine-version"
  | "connector-users-exist"
  | "connectors-connected"
  | "no-pending-configuration"
  | "survives-largest-loss";

/** Result of one check of a mesh; `brokers` are those it failed for, or that it could not be decided for. */
export interface MeshCheck {
  readonly id: MeshCheckId;
  readonly outcome: "pass" | "fail" | "unknown";
  readonly brokers: readonly string[];
  readonly explanation: string;
}

type FactsOf = (key: string) => MeshBrokerFacts;

/** Checks one mesh beside its configuration. Facts come by broker ARN; a broker without facts makes what needs them unknown. */
export function checkMesh(
  mesh: Mesh,
  component: MeshComponent,
  facts: ReadonlyMap<string, MeshBrokerFacts>,
): readonly MeshCheck[] {
  const of: FactsOf = (key) => facts.get(key) ?? {};
  return [
    noArticulation(component),
    bothWays(mesh, component),
    severalZones(component, of),
    distinct(component, of, "maintenanceWindow", "several-maintenance-windows"),
    distinct(component, of, "engineVersion", "one-engine-version"),
    usersExist(mesh, component, of),
    connected(component, of),
    noPendingConfiguration(component, of),
    survivesLargestLoss(component, of),
  ];
}

function noArticulation({ articulationBrokers, incomplete }: MeshComponent): MeshCheck {
  const id = "no-articulation-broker";
  // More connectors than were read could only join more: a failure may vanish, a pass stays one.
  if (articulationBrokers.length === 0)
    return { id, outcome: "pass", brokers: [], explanation: "No single broker holds the mesh together." };
  return {
    id,
    outcome: incomplete ? "unknown" : "fail",
    brokers: articulationBrokers,
    explanation: incomplete
      ? "The connectors that were read depend on these brokers; not every configuration was read."
      : "The loss of any of these brokers splits the mesh.",
  };
}

function bothWays(mesh: Mesh, component: MeshComponent): MeshCheck {
  const pairs = mesh.oneWayPairs.filter(({ from }) => component.brokers.includes(from));
  const brokers = [...new Set(pairs.flatMap(({ from, to }) => [from, to]))].sort();
  if (pairs.length === 0)
    return { id: "both-ways", outcome: "pass", brokers, explanation: "Messages flow both ways on every connection." };
  const outcome = component.incomplete ? "unknown" : "fail";
  return {
    id: "both-ways",
    outcome,
    brokers,
    explanation: `Messages flow one way only on ${pairs.length} of the connections.`,
  };
}

function severalZones(component: MeshComponent, of: FactsOf): MeshCheck {
  const id = "several-zones";
  const zones = new Set(component.brokers.flatMap((key) => of(key).zoneIds ?? []));
  if (zones.size > 1) return { id, outcome: "pass", brokers: [], explanation: `The mesh spans ${zones.size} zones.` };
  const missing = component.brokers.filter((key) => !of(key).zoneIds?.length);
  if (missing.length > 0)
    return { id, outcome: "unknown", brokers: missing, explanation: "The zone ids of these brokers are not known." };
  return {
    id,
    outcome: "fail",
    brokers: component.brokers,
    explanation: `All brokers are in the zone ${[...zones].join("")}.`,
  };
}

function distinct(
  component: MeshComponent,
  of: FactsOf,
  fact: "maintenanceWindow" | "engineVersion",
  id: "several-maintenance-windows" | "one-engine-version",
): MeshCheck {
  const wantsOne = id === "one-engine-version";
  const what = wantsOne ? "engine version" : "maintenance window";
  const byValue = new Map<string, string[]>();
  for (const key of component.brokers) {
    const value = of(key)[fact];
    if (value) byValue.set(value, [...(byValue.get(value) ?? []), key]);
  }
  const known = [...byValue.values()].flat();
  const missing = component.brokers.filter((key) => !known.includes(key));
  // Two brokers that reboot in the same window already take each other's place away.
  const failing = wantsOne
    ? byValue.size > 1
      ? known.sort()
      : []
    : [...byValue.values()]
        .filter((keys) => keys.length > 1)
        .flat()
        .sort();
  if (failing.length > 0) {
    const explanation = wantsOne
      ? `The brokers run ${byValue.size} different engine versions.`
      : "These brokers share a maintenance window.";
    return { id, outcome: "fail", brokers: failing, explanation };
  }
  if (missing.length > 0)
    return { id, outcome: "unknown", brokers: missing, explanation: `The ${what} of these brokers is not known.` };
  return {
    id,
    outcome: "pass",
    brokers: [],
    explanation: wantsOne ? "All brokers run one engine version." : "No two brokers share a maintenance window.",
  };
}

function usersExist(mesh: Mesh, component: MeshComponent, of: FactsOf): MeshCheck {
  const id = "connector-users-exist";
  const missing = new Set<string>();
  const unknown = new Set<string>();
  for (const { from, to, userName } of mesh.edges.filter((edge) => component.brokers.includes(edge.from))) {
    if (!userName) {
      missing.add(from);
      continue;
    }
    for (const key of [from, to]) {
      const users = of(key).userNames;
      if (!users) unknown.add(key);
      else if (!users.includes(userName)) missing.add(key);
    }
  }
  const note = "Whether passwords agree cannot be seen.";
  if (missing.size > 0)
    return {
      id,
      outcome: "fail",
      brokers: [...missing].sort(),
      explanation: `A connector's user is missing on these brokers. ${note}`,
    };
  if (unknown.size > 0)
    return {
      id,
      outcome: "unknown",
      brokers: [...unknown].sort(),
      explanation: `The users of these brokers are not known. ${note}`,
    };
  return { id, outcome: "pass", brokers: [], explanation: `Every connector's user exists on both ends. ${note}` };
}

function connected(component: MeshComponent, of: FactsOf): MeshCheck {
  const id = "connectors-connected";
  const failing: string[] = [];
  const unknown: string[] = [];
  for (const key of component.brokers) {
    const { connectors, connectorConnections } = of(key);
    if (!connectors || (connectors.length > 0 && connectorConnections == null)) unknown.push(key);
    // A duplex connector of a peer may be counted here too, so more is no fault.
    else if ((connectorConnections ?? 0) < expectedConnectorConnections(connectors)) failing.push(key);
  }
  if (failing.length > 0)
    return {
      id,
      outcome: "fail",
      brokers: failing,
      explanation: "Fewer connections were seen than connectors are configured.",
    };
  if (unknown.length > 0)
    return {
      id,
      outcome: "unknown",
      brokers: unknown,
      explanation: "No connector metric of the last day for these brokers.",
    };
  return {
    id,
    outcome: "pass",
    brokers: [],
    explanation: "Every configured connector was seen connected within the last day.",
  };
}

function noPendingConfiguration(component: MeshComponent, of: FactsOf): MeshCheck {
  const id = "no-pending-configuration";
  const failing = component.brokers.filter((key) => of(key).configurationPending === true);
  if (failing.length > 0)
    return { id, outcome: "fail", brokers: failing, explanation: "A configuration revision waits to be applied." };
  const unknown = component.brokers.filter((key) => of(key).configurationPending == null);
  if (unknown.length > 0)
    return { id, outcome: "unknown", brokers: unknown, explanation: "Whether a revision is pending is not known." };
  return { id, outcome: "pass", brokers: [], explanation: "No configuration revision is pending." };
}

function survivesLargestLoss(component: MeshComponent, of: FactsOf): MeshCheck {
  const id = "survives-largest-loss";
  const loads = component.brokers.map((key) => ({ key, load: of(key).load }));
  const missing = loads.filter(({ load }) => !load).map(({ key }) => key);
  if (missing.length > 0)
    return { id, outcome: "unknown", brokers: missing, explanation: "Load or capacity of these brokers is not known." };
  // The mesh has to carry every broker's peak on what is left after that broker.
  const failing = loads.filter(({ key, load }) => {
    const spare = loads
      .filter((other) => other.key !== key)
      .reduce((sum, other) => sum + (other.load ? other.load.capacity - other.load.peak : 0), 0);
    return load !== null && load !== undefined && spare < load.peak;
  });
  if (failing.length > 0) {
    return {
      id,
      outcome: "fail",
      brokers: failing.map(({ key }) => key),
      explanation: "The others could not carry the peak load of these brokers.",
    };
  }
  return { id, outcome: "pass", brokers: [], explanation: "The others could carry the peak load of any one broker." };
}
