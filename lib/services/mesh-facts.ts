import type { Database } from "@/lib/db/client";
import type { loadNetworks } from "@/lib/db/network-store";
import { type MeshBrokerRow, type MetricPeakRow, type RevisionKey, revisionTexts } from "@/lib/db/rule-fact-queries";
import type { MetricsSummary } from "@/lib/domain/broker-facts";
import { type ConfigurationReading, readConfigurationText } from "@/lib/mesh/configuration-text";
import type { MeshBrokerFacts } from "@/lib/mesh/mesh-checks";
import { findInstanceTypeOffer } from "@/lib/reference/instance-types";

type Networks = Awaited<ReturnType<typeof loadNetworks>>;

/** Peaks by broker (database id) and metric. */
export function metricSummaries(peaks: readonly MetricPeakRow[]): ReadonlyMap<number, MetricsSummary> {
  const byBroker = new Map<number, { week: Record<string, number>; lastDay: Record<string, number> }>();
  for (const { brokerId, metric, week, lastDay } of peaks) {
    const summary = byBroker.get(brokerId) ?? { week: {}, lastDay: {} };
    byBroker.set(brokerId, summary);
    summary.week[metric] = week;
    if (lastDay !== null) summary.lastDay[metric] = lastDay;
  }
  return byBroker;
}

/**
 * Readings of revisions, kept between evaluations of one process: a revision never changes, so its text is loaded and parsed once. Bounded by throwing
 * all away when there are far more than a fleet uses.
 */
const remembered = new Map<string, ConfigurationReading>();
const MOST_REMEMBERED = 100_000;

/** What the revisions of these brokers say, in force and waiting ones, by `revisionKeyText`; a revision that was not read is absent. */
export async function readConfigurations(
  db: Database,
  brokers: readonly MeshBrokerRow[],
): Promise<ReadonlyMap<string, ConfigurationReading>> {
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  const wanted = new Map(
    brokers.flatMap((broker) => keysOf(broker).map((key) => [revisionKeyText(key), key] as const)),
  );
  const missing = [...wanted].filter(([text]) => !remembered.has(text)).map(([, key]) => key);
  if (missing.length > 0) {
    for (const row of await revisionTexts(db, missing))
      remembered.set(revisionKeyText(row), readConfigurationText(row.data));
  }
  return remembered;
}

function keysOf(broker: MeshBrokerRow): RevisionKey[] {
  const { accountId, region, configurationId, revision, pendingConfigurationId, pendingRevision } = broker;
  return [
    ...(configurationId !== null && revision !== null ? [{ accountId, region, id: configurationId, revision }] : []),
    ...(pendingConfigurationId !== null && pendingRevision !== null
      ? [{ accountId, region, id: pendingConfigurationId, revision: pendingRevision }]
      : []),
  ];
}

type Readings = ReadonlyMap<string, ConfigurationReading>;

/** Connectors of the revision in force; null where it was not read or could not be understood. */
export function currentConnectors(broker: MeshBrokerRow, readings: Readings): ConfigurationReading["connectors"] {
  const { accountId, region, configurationId: id, revision } = broker;
  if (id === null || revision === null) return null;
  return readings.get(revisionKeyText({ accountId, region, id, revision }))?.connectors ?? null;
}

/** Connectors of the revision that waits to be applied; null where none waits, or it was not read or understood. */
export function pendingConnectors(broker: MeshBrokerRow, readings: Readings): ConfigurationReading["connectors"] {
  const { accountId, region, pendingConfigurationId: id, pendingRevision: revision } = broker;
  if (id === null || revision === null) return null;
  return readings.get(revisionKeyText({ accountId, region, id, revision }))?.connectors ?? null;
}

/** A revision as one text. */
export function revisionKeyText({ accountId, region, id, revision }: RevisionKey): string {
  return `${accountId}|${region}|${id}|${revision}`;
}

/** What the checks of a network want to know of a broker. */
export function meshFactsOf(
  broker: MeshBrokerRow,
  connectors: ConfigurationReading["connectors"],
  summary: MetricsSummary | undefined,
  networks: Networks,
): MeshBrokerFacts {
  const { maintenanceWindow: window, instanceType, deploymentMode } = broker;
  const vcpus = instanceType ? findInstanceTypeOffer("ACTIVEMQ", instanceType, deploymentMode ?? "")?.vcpu : null;
  const cpu = summary?.week.CpuUtilization;
  const zoneIds = networks
    .of({ ...broker, subnetIds: broker.subnetIds ?? [], securityGroupIds: [] })
    .subnets.flatMap(({ zoneId }) => zoneId ?? []);
  return {
    zoneIds: zoneIds.length > 0 ? zoneIds : null,
    engineVersion: broker.engineVersion,
    maintenanceWindow: window ? `${window.dayOfWeek} ${window.timeOfDay} ${window.timeZone}` : null,
    userNames: broker.users?.map(({ username }) => username) ?? null,
    connectors,
    connectorConnections: summary?.lastDay.NetworkConnectorConnectionCount ?? null,
    configurationPending: broker.configurationPending,
    load: vcpus && cpu !== undefined ? { peak: (cpu / 100) * vcpus, capacity: vcpus } : null,
  };
}
