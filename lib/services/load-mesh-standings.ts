import type { Database } from "@/lib/db/client";
import { meshMemberRows } from "@/lib/db/mesh-queries";
import { metricOnDay } from "@/lib/db/metric-queries";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { meshMembership } from "@/lib/mesh/mesh-membership";
import { type MeshStanding, meshStandings } from "@/lib/mesh/mesh-standing";
import { type NetworkConnector, parseNetworkConnectors } from "@/lib/mesh/network-connectors";
import type { Ctx } from "@/lib/services/ctx";

const CONNECTIONS = "NetworkConnectorConnectionCount";

/** Revisions never change, so each is parsed once per process. Bounded: a fleet has few that hold connectors. */
const parsed = new Map<string, readonly NetworkConnector[] | null>();
const MAX_PARSED = 20_000;

/** How every present ActiveMQ broker is joined to others, by broker id, from configurations and metrics as of now. */
export async function loadMeshStandings({ ctx }: { ctx: Ctx }): Promise<ReadonlyMap<number, MeshStanding>> {
  const rows = await meshMemberRows(ctx.db);
  const today = plainDateFromInstantUtc(ctx.clock.now());
  // Without any connector nothing is joined, whatever the metrics say.
  const ids = rows.some(({ data }) => data) ? rows.map(({ id }) => id) : [];
  const [ofToday, ofYesterday] = await Promise.all(
    [today, addDays(today, -1)].map((day) =>
      ids.length === 0 ? new Map<number, number>() : metricOnDay(ctx.db, ids, CONNECTIONS, day),
    ),
  );
  const standings = meshStandings(
    rows.map((row) => {
      const connections = [ofToday?.get(row.id), ofYesterday?.get(row.id)].filter((count) => count !== undefined);
      return {
        key: row.arn,
        brokerId: row.brokerId,
        connectors: connectorsOf(row.revision, row.data),
        production: row.countsAsProduction,
        zoneIds: row.zoneIds,
        connectorConnections: connections.length > 0 ? Math.max(...connections) : null,
      };
    }),
  );
  return new Map(
    rows.flatMap(({ id, arn }) => {
      const standing = standings.get(arn);
      return standing ? [[id, standing] as const] : [];
    }),
  );
}

/** Whether every present ActiveMQ broker is in a network of brokers, by broker id; null where that is not known. */
export async function loadMeshMembership(db: Database): Promise<ReadonlyMap<number, boolean | null>> {
  const rows = await meshMemberRows(db);
  const members = meshMembership(
    rows.map(({ arn, brokerId, revision, data }) => ({ key: arn, brokerId, connectors: connectorsOf(revision, data) })),
  );
  return new Map(rows.map(({ id, arn }) => [id, members.get(arn) ?? null]));
}

function connectorsOf(revision: string | null, data: string | null): readonly NetworkConnector[] | null {
  if (revision === null || data === null) return null;
  if (data === "") return [];
  const known = parsed.get(revision);
  if (known !== undefined) return known;
  const result = parseNetworkConnectors(data);
  const connectors = result.ok ? result.connectors : null;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(revision, connectors);
  return connectors;
}
