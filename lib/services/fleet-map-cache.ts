import { dataVersion } from "@/lib/db/fleet-queries";
import { loadNetworks } from "@/lib/db/network-store";
import { meshBrokers, metricPeaks } from "@/lib/db/rule-fact-queries";
import { addDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { buildNetworkMap, type MapBroker, type NetworkMap } from "@/lib/mesh/network-map";
import type { Ctx } from "@/lib/services/ctx";
import {
  currentConnectors,
  meshFactsOf,
  metricSummaries,
  pendingConnectors,
  readConfigurations,
} from "@/lib/services/mesh-facts";

/** Every network of the fleet, and what is known of each described ActiveMQ broker, by ARN. */
export interface FleetMap {
  map: NetworkMap;
  brokers: ReadonlyMap<string, MapBroker>;
}

interface Entry {
  version: bigint;
  day: string;
  map: Promise<FleetMap>;
}

// One per database handle, so that tests with several databases in one process do not mix.
const entries = new WeakMap<object, Entry>();

const WEEK_DAYS = 7;
const METRICS = ["NetworkConnectorConnectionCount", "CpuUtilization"];

/** The fleet's networks, built again only when a sync or an evaluation changed them (data version "fleet") or the day turned. */
export async function cachedFleetMap({ ctx }: { ctx: Ctx }): Promise<FleetMap> {
  const version = await dataVersion(ctx.db, "fleet");
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const entry = entries.get(ctx.db);
  if (entry && entry.version === version && entry.day === today) return entry.map;
  const map = loadFleetMap(ctx, today);
  entries.set(ctx.db, { version, day: today, map });
  map.catch(() => entries.delete(ctx.db));
  return map;
}

async function loadFleetMap({ db }: Ctx, today: PlainDate): Promise<FleetMap> {
  const days = { from: addDays(today, -WEEK_DAYS), lastDay: addDays(today, -1), until: today };
  const [networks, peaks, rows] = await Promise.all([
    loadNetworks(db),
    metricPeaks(db, days, METRICS),
    meshBrokers(db),
  ]);
  const metrics = metricSummaries(peaks);
  const readings = await readConfigurations(db, rows);
  const brokers = rows.map((row): MapBroker => {
    const connectors = currentConnectors(row, readings);
    return {
      key: row.arn,
      brokerId: row.brokerId,
      connectors,
      pendingConnectors: pendingConnectors(row, readings),
      facts: meshFactsOf(row, connectors, metrics.get(row.id), networks),
    };
  });
  return { map: buildNetworkMap(brokers), brokers: new Map(brokers.map((broker) => [broker.key, broker])) };
}
