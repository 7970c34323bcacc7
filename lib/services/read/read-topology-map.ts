import type { TopologyBroker, TopologyMap, TopologyNetwork, TopologyQuery } from "@/lib/contracts/topology";
import { type TopologyBrokerRow, topologyBrokerRows } from "@/lib/db/topology-queries";
import { isStale, presenceClass } from "@/lib/domain/broker";
import { AppError } from "@/lib/domain/errors";
import { layoutMap } from "@/lib/mesh/map-layout";
import type { MeshCheckId } from "@/lib/mesh/mesh-checks";
import { checksThat, type MapNetwork } from "@/lib/mesh/network-map";
import { findRule } from "@/lib/rules/registry";
import type { Ctx } from "@/lib/services/ctx";
import { cachedFleetMap, type FleetMap } from "@/lib/services/fleet-map-cache";
import { readFreshness } from "@/lib/services/read/freshness";
import { remembered } from "@/lib/services/read/remembered";

/** Brokers drawn at most, whole networks alone, worst first; and brokers listed that stand alone. */
const MOST_DRAWN = 1000;
const MOST_ALONE = 500;

/** The rule whose findings say of each broker what a check says of its network. */
const RULE_OF: Readonly<Record<MeshCheckId, string>> = {
  "no-articulation-broker": "mesh-without-articulation-broker",
  "both-ways": "mesh-messages-flow-both-ways",
  "several-zones": "mesh-spans-zones",
  "several-maintenance-windows": "mesh-maintenance-windows-differ",
  "one-engine-version": "mesh-engine-versions-equal",
  "connector-users-exist": "mesh-connector-users-exist",
  "connectors-connected": "mesh-connectors-connected",
  "no-pending-configuration": "no-pending-changes",
  "survives-largest-loss": "mesh-survives-largest-loss",
};

/** The networks of brokers that match, drawn. Errors: not-found where `component` names no broker of a network. */
export function readTopologyMap(call: { ctx: Ctx; input: TopologyQuery }): Promise<TopologyMap> {
  return remembered(call, "topology", () => computeTopologyMap(call));
}

async function computeTopologyMap({ ctx, input }: { ctx: Ctx; input: TopologyQuery }): Promise<TopologyMap> {
  const now = ctx.clock.now();
  const [fleet, rows, freshness] = await Promise.all([
    cachedFleetMap({ ctx }),
    topologyBrokerRows(ctx.db),
    readFreshness({ ctx }),
  ]);
  const rowOf = new Map(rows.map((row) => [row.arn, row]));
  const matching = new Set(rows.filter((row) => matches(row, input)).map(({ arn }) => arn));
  const chosen = input.component === undefined ? null : networkOf(fleet, input.component);
  const shown = fleet.map.networks.filter(
    (network) => network === chosen || network.brokers.some((arn) => matching.has(arn)),
  );
  const drawn = chosen ? [chosen] : firstThatFit(shown);
  const networks = shown.map((network) => networkItem(network, rowOf));
  const brokers = drawn.flatMap((network) => brokersOf(network, { fleet, rowOf, matching, now }));
  const layout = layoutMap(
    [
      ...brokers.map(({ id, network, region, accountId, accountName, zoneIds, name }) => ({
        id,
        network,
        region,
        account: accountName ? `${accountName} (${accountId})` : accountId,
        zone: zoneIds ? zoneIds.join(" and ") : "Zone unknown",
        label: name,
      })),
      ...drawn.flatMap(({ id: network, externalPeers }) =>
        externalPeers.map(({ id, host }) => ({
          id: `${network} ${id}`,
          network,
          region: null,
          account: "",
          zone: "",
          label: host,
        })),
      ),
    ],
    drawn.map(({ id }) => ({ id, label: networks.find((network) => network.id === id)?.name ?? id })),
  );
  const at = (id: string) => layout.positions.get(id) ?? { x: 0, y: 0 };
  const idOf = (key: string) => fleet.brokers.get(key)?.brokerId ?? key;
  return {
    networks,
    chosen: chosen?.id ?? null,
    drawn: drawn.map(({ id }) => id),
    brokers: brokers.map((broker) => ({ ...broker, ...at(broker.id) })),
    externalPeers: drawn.flatMap(({ id: network, externalPeers }) =>
      externalPeers.map((peer) => ({ ...peer, id: `${network} ${peer.id}`, network, ...at(`${network} ${peer.id}`) })),
    ),
    connectors: drawn.flatMap(({ id: network, connectors }, nth) =>
      connectors.map(({ from, to, userNotOn, defects, ...connector }, index) => ({
        ...connector,
        // The ids of the map name both brokers in full: much to send for each.
        id: `${nth}-${index}`,
        from: idOf(from),
        to: connector.external ? `${network} ${to}` : idOf(to),
        userNotOn: userNotOn.map(idOf),
        defects: [...defects],
      })),
    ),
    boxes: layout.boxes.map(({ network: _, ...box }) => box),
    size: { width: layout.width, height: layout.height },
    alone: aloneOf(fleet, rows, matching),
    rabbitmq: rabbitmqOf(rows.filter(({ arn, engine }) => engine === "RABBITMQ" && matching.has(arn))),
    asOf: now.toISOString(),
    freshness,
  };
}

function matches(row: TopologyBrokerRow, { account, region, environment, owner }: TopologyQuery): boolean {
  return (
    (account?.includes(row.accountId) ?? true) &&
    (region?.includes(row.region) ?? true) &&
    (environment?.includes(row.environment) ?? true) &&
    (owner?.includes(row.ownerKey ?? "(none)") ?? true)
  );
}

function networkOf({ map, brokers }: FleetMap, brokerId: string): MapNetwork {
  const found = map.networks.find(({ brokers: arns }) => arns.some((arn) => brokers.get(arn)?.brokerId === brokerId));
  if (!found) throw new AppError("not-found", `No network of brokers has a broker ${brokerId}.`);
  return found;
}

/** Whole networks in their order; the first one always. */
function firstThatFit(networks: readonly MapNetwork[]): MapNetwork[] {
  let brokers = 0;
  return networks.filter((network, index) => {
    const fits = index === 0 || brokers + network.brokers.length <= MOST_DRAWN;
    if (fits) brokers += network.brokers.length;
    return fits;
  });
}

function networkItem(network: MapNetwork, rowOf: ReadonlyMap<string, TopologyBrokerRow>): TopologyNetwork {
  const rows = network.brokers.flatMap((arn) => rowOf.get(arn) ?? []);
  return {
    id: network.id,
    name: networkName(rows.map(({ name }) => name)),
    kind: network.kind,
    brokers: network.brokers.length,
    productionBrokers: rows.filter(({ countsAsProduction }) => countsAsProduction).length,
    externalPeers: network.externalPeers.length,
    connectors: network.connectors.length,
    regions: [...new Set(rows.map(({ region }) => region))].sort(),
    accounts: [...new Set(rows.map(({ accountId }) => accountId))].sort(),
    incomplete: network.incomplete,
    failed: checksThat(network, "fail"),
    unknown: checksThat(network, "unknown"),
    checks: network.checks.map(({ id, outcome, explanation, brokers }) => ({
      id,
      title: findRule(RULE_OF[id])?.title ?? id,
      ruleId: RULE_OF[id],
      outcome,
      explanation,
      brokers: brokers.length,
    })),
  };
}

/** What the names of its brokers begin with, where that says something; else the first name and how many more there are. */
function networkName(names: readonly string[]): string {
  const [first = "", ...rest] = [...names].sort();
  if (rest.length === 0) return first;
  const last = rest[rest.length - 1] ?? "";
  const until = [...first].findIndex((letter, index) => letter !== last[index]);
  const common = first.slice(0, until < 0 ? first.length : until).replace(/[-_.\s]*$/, "");
  return common.length >= 3 ? common : `${first} and ${rest.length} more`;
}

function brokersOf(
  network: MapNetwork,
  context: {
    fleet: FleetMap;
    rowOf: ReadonlyMap<string, TopologyBrokerRow>;
    matching: ReadonlySet<string>;
    now: Date;
  },
): Omit<TopologyBroker, "x" | "y">[] {
  const { fleet, rowOf, matching, now } = context;
  const checksOf = (outcome: "fail" | "unknown") => {
    const byBroker = new Map<string, string[]>();
    for (const check of network.checks) {
      if (check.outcome !== outcome) continue;
      for (const arn of check.brokers) byBroker.set(arn, [...(byBroker.get(arn) ?? []), check.id]);
    }
    return byBroker;
  };
  const [failed, unknown] = [checksOf("fail"), checksOf("unknown")];
  return network.brokers.flatMap((arn) => {
    const row = rowOf.get(arn);
    const known = fleet.brokers.get(arn);
    if (!row || !known) return [];
    const { observedAt } = row;
    return [
      {
        id: row.brokerId,
        name: row.name,
        network: network.id,
        engineVersion: row.engineVersion,
        deploymentMode: row.deploymentMode,
        instanceType: row.instanceType,
        accountId: row.accountId,
        accountName: row.accountName,
        region: row.region,
        zoneIds: known.facts.zoneIds ? [...new Set(known.facts.zoneIds)].sort() : null,
        maintenanceWindow: known.facts.maintenanceWindow ?? null,
        environment: row.environment,
        countsAsProduction: row.countsAsProduction,
        owner: row.ownerName ?? row.ownerKey,
        state: row.state,
        presence: presenceClass({ goneAt: null, state: row.state }),
        stale: observedAt === null || isStale(observedAt, now),
        observedAt: observedAt?.toISOString() ?? null,
        openFindings: row.openFindings,
        configurationRead: known.connectors !== null,
        configurationPending: known.facts.configurationPending ?? null,
        connectorConnections: known.facts.connectorConnections ?? null,
        matches: matching.has(arn),
        defects: failed.get(arn) ?? [],
        undecided: unknown.get(arn) ?? [],
        uselessConnectors: fleet.map.uselessConnectors
          .filter(({ from }) => from === arn)
          .map(({ connector, reason }) => ({ name: connector, reason })),
      },
    ];
  });
}

function aloneOf(
  { map }: FleetMap,
  rows: readonly TopologyBrokerRow[],
  matching: ReadonlySet<string>,
): TopologyMap["alone"] {
  const networked = new Set(map.networks.flatMap(({ brokers }) => brokers));
  const standalone = new Set(map.standalone);
  const useless = new Map(map.uselessConnectors.map(({ from, reason }) => [from, reason]));
  const items = rows
    .filter(({ arn, engine }) => engine === "ACTIVEMQ" && matching.has(arn) && !networked.has(arn))
    .map((row) => {
      const standing = standalone.has(row.arn) ? ("standalone" as const) : ("unknown" as const);
      return { row, standing, reason: whyAlone(standing, useless.get(row.arn)) };
    })
    .sort((a, b) => Number(b.row.countsAsProduction) - Number(a.row.countsAsProduction));
  return {
    standalone: items.filter(({ standing }) => standing === "standalone").length,
    unknown: items.filter(({ standing }) => standing === "unknown").length,
    items: items.slice(0, MOST_ALONE).map(({ row, standing, reason }) => ({
      id: row.brokerId,
      name: row.name,
      accountId: row.accountId,
      accountName: row.accountName,
      region: row.region,
      environment: row.environment,
      standing,
      reason,
    })),
  };
}

function whyAlone(standing: "standalone" | "unknown", useless: "own-broker" | "no-endpoint" | undefined): string {
  if (standing === "unknown") return "Its configuration was not read or could not be understood.";
  if (useless === "own-broker") return "Its connector leads to the broker itself.";
  if (useless === "no-endpoint") return "Its connector names no endpoint.";
  return "Its configuration names no connector, and no other known broker connects to it.";
}

function rabbitmqOf(rows: readonly TopologyBrokerRow[]): TopologyMap["rabbitmq"] {
  return {
    brokers: rows.length,
    clusters: rows.filter(({ deploymentMode }) => deploymentMode === "CLUSTER_MULTI_AZ").length,
    sentence: "Federation and shovels are not visible to AWS's API; a cluster's nodes are one broker here.",
  };
}
