import { type BrokerUserFact, loadUsers } from "@/lib/db/broker-user-store";
import type { Database } from "@/lib/db/client";
import { loadConfigurations } from "@/lib/db/configuration-store";
import { loadNetworks } from "@/lib/db/network-store";
import { type MeshBrokerRow, meshBrokers, metricPeaks, newestRevisionsSeen } from "@/lib/db/rule-fact-queries";
import { type ObservedAttributes, STALE_AFTER_DAYS } from "@/lib/domain/broker";
import type { BrokerFacts, BrokerMesh, BrokerNetwork, MetricsSummary } from "@/lib/domain/broker-facts";
import { addDays, diffDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { ConfigurationReading } from "@/lib/mesh/configuration-text";
import { checkMesh } from "@/lib/mesh/mesh-checks";
import { buildMesh } from "@/lib/mesh/mesh-graph";
import {
  currentConnectors,
  meshFactsOf,
  metricSummaries,
  readConfigurations,
  revisionKeyText,
} from "@/lib/services/mesh-facts";

/** What the facts of one broker are looked up by. */
export interface FactSubject {
  id: number;
  arn: string;
  accountId: string;
  region: string;
  attributes: ObservedAttributes;
}

export interface RuleFacts {
  /** Facts of one broker as far as they are known; what is absent was never observed. */
  of(broker: FactSubject): Partial<BrokerFacts>;
}

type Networks = Awaited<ReturnType<typeof loadNetworks>>;

const WEEK_DAYS = 7;

/** Loads what rules need beside attributes, for the whole fleet in a handful of queries. */
export async function loadRuleFacts(db: Database, { today }: { today: PlainDate }): Promise<RuleFacts> {
  const days = { from: addDays(today, -WEEK_DAYS), lastDay: addDays(today, -1), until: today };
  const [networks, users, peaks, active, newest, configurations] = await Promise.all([
    loadNetworks(db),
    loadUsers(db),
    metricPeaks(db, days),
    meshBrokers(db),
    newestRevisionsSeen(db),
    loadConfigurations(db),
  ]);
  const metrics = metricSummaries(peaks);
  const readings = await readConfigurations(db, active);
  const meshes = meshesOf(active, readings, metrics, networks);
  const listed = new Map(
    configurations.flatMap(({ accountId, region, id, latestRevision, observedAt }) =>
      latestRevision === null || diffDays(plainDateFromInstantUtc(observedAt), today) > STALE_AFTER_DAYS
        ? []
        : [[`${accountId}|${region}|${id}`, latestRevision] as const],
    ),
  );
  const newestOf = new Map(newest.map((row) => [`${row.accountId}|${row.region}|${row.id}`, row.revision]));

  return {
    of({ id, arn, accountId, region, attributes }) {
      const facts: Partial<BrokerFacts> = {};
      const summary = metrics.get(id);
      if (summary) facts.metrics = summary;
      const mesh = meshes.get(arn);
      if (mesh) facts.mesh = mesh;
      const network = networkOf(networks, { accountId, region, attributes });
      if (network) facts.network = network;
      const access = userAccessOf(attributes, users.get(id) ?? []);
      if (access) facts.userAccess = access;
      const current = attributes.configuration?.current;
      if (current) {
        const reading = readings.get(revisionKeyText({ accountId, region, ...current }));
        if (reading) facts.configurationText = configurationTextOf(current, reading);
        const revision = newestOf.get(`${accountId}|${region}|${current.id}`);
        const told = listed.get(`${accountId}|${region}|${current.id}`);
        if (revision !== undefined || told !== undefined) {
          facts.latestRevision = {
            revision: Math.max(revision ?? 0, told ?? 0, current.revision),
            basis: told === undefined ? "seen" : "described",
          };
        }
      } else if (attributes.configuration === null) {
        // Nothing to be behind of: the rule says so itself.
        facts.latestRevision = { revision: 0, basis: "seen" };
      }
      return facts;
    },
  };
}

/** Undefined where EC2 told nothing of a broker that names subnets or security groups. */
function networkOf(
  networks: Networks,
  { accountId, region, attributes }: Pick<FactSubject, "accountId" | "region" | "attributes">,
): BrokerNetwork | undefined {
  const { subnetIds, securityGroups: securityGroupIds } = attributes;
  if (!subnetIds || !securityGroupIds) return undefined;
  const { observedAt, subnets, securityGroups } = networks.of({ accountId, region, subnetIds, securityGroupIds });
  return observedAt === null && subnetIds.length + securityGroupIds.length > 0
    ? undefined
    : { subnets, securityGroups };
}

/** Undefined where users are listed and none of them was told of. */
function userAccessOf(
  { users }: ObservedAttributes,
  known: readonly BrokerUserFact[],
): BrokerFacts["userAccess"] | undefined {
  if (!users || (known.length === 0 && users.length > 0)) return undefined;
  const byName = new Map(known.map((user) => [user.name, user]));
  return users.map(({ username }) => {
    const user = byName.get(username);
    return {
      name: username,
      consoleAccess: user?.consoleAccess ?? null,
      groups: user?.groups ?? [],
      replicationUser: user?.replicationUser ?? null,
    };
  });
}

function configurationTextOf(
  { id, revision }: { id: string; revision: number },
  { problem, connectors, hasAuthorizationMap }: ConfigurationReading,
): BrokerFacts["configurationText"] {
  const connectorsWithPassword = (connectors ?? [])
    .filter(({ hasPassword }) => hasPassword)
    .map(({ name }) => name)
    .sort();
  return { id, revision, problem, hasAuthorizationMap, connectorsWithPassword };
}

/** How every ActiveMQ broker stands in the networks that all current configurations describe. */
function meshesOf(
  brokers: readonly MeshBrokerRow[],
  readings: ReadonlyMap<string, ConfigurationReading>,
  metrics: ReadonlyMap<number, MetricsSummary>,
  networks: Networks,
): ReadonlyMap<string, BrokerMesh> {
  const connectorsOf = (broker: MeshBrokerRow) => currentConnectors(broker, readings);
  const mesh = buildMesh(
    brokers.map((broker) => ({ key: broker.arn, brokerId: broker.brokerId, connectors: connectorsOf(broker) })),
  );
  const byArn = new Map(brokers.map((broker) => [broker.arn, broker]));
  const nameOf = (arn: string) => byArn.get(arn)?.name ?? arn;
  const alone = (standing: "standalone" | "unknown"): BrokerMesh => ({
    standing,
    incomplete: standing === "unknown",
    peers: [],
    productionPeers: 0,
    productionZoneIds: null,
    connectedLastDay: null,
    checks: [],
  });
  const result = new Map<string, BrokerMesh>([
    ...mesh.standalone.map((arn) => [arn, alone("standalone")] as const),
    ...mesh.unknown.map((arn) => [arn, alone("unknown")] as const),
  ]);
  for (const component of mesh.components) {
    const facts = new Map(
      component.brokers.flatMap((arn) => {
        const broker = byArn.get(arn);
        return broker
          ? [[arn, meshFactsOf(broker, connectorsOf(broker), metrics.get(broker.id), networks)] as const]
          : [];
      }),
    );
    const checks = checkMesh(mesh, component, facts);
    const production = component.brokers.filter((arn) => byArn.get(arn)?.countsAsProduction);
    const zones = production.map((arn) => facts.get(arn)?.zoneIds ?? null);
    const productionZoneIds = zones.some((zone) => !zone?.length)
      ? null
      : [...new Set(zones.flatMap((zone) => zone ?? []))].sort();
    for (const arn of component.brokers) {
      result.set(arn, {
        standing: "joined",
        incomplete: component.incomplete,
        peers: component.brokers
          .filter((other) => other !== arn)
          .map(nameOf)
          .sort(),
        productionPeers: production.filter((other) => other !== arn).length,
        productionZoneIds,
        connectedLastDay: connectedLastDay(arn, mesh.edges, byArn, metrics),
        checks: checks.map(({ id, outcome, brokers: concerned, explanation }) => {
          // Of a failing check only the brokers that it names fail; the others have no part in the defect.
          const own = outcome === "pass" || concerned.includes(arn) ? outcome : "pass";
          const text = own === outcome ? explanation : "This broker has no part in that defect of its network.";
          return { id, outcome: own, brokers: own === "pass" ? [] : concerned.map(nameOf).sort(), explanation: text };
        }),
      });
    }
  }
  return result;
}

/** A connector from this broker, or from another to it, was seen connected; false when all of them report none; null when no metric says. */
function connectedLastDay(
  arn: string,
  edges: readonly { from: string; to: string }[],
  byArn: ReadonlyMap<string, MeshBrokerRow>,
  metrics: ReadonlyMap<number, MetricsSummary>,
): boolean | null {
  const seen = edges
    .filter(({ from, to }) => from === arn || to === arn)
    .map(({ from }) => metrics.get(byArn.get(from)?.id ?? -1)?.lastDay.NetworkConnectorConnectionCount ?? null);
  if (seen.some((count) => count !== null && count > 0)) return true;
  return seen.length > 0 && seen.every((count) => count === 0) ? false : null;
}
