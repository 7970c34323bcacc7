import type {
  FleetSnapshot,
  KpiBroker,
  KpiCostDay,
  KpiEpisode,
  KpiRegister,
  KpiRegisterBroker,
} from "@/lib/kpis/define-kpi";
import { groupBy } from "@/lib/kpis/group-by";

export const CUT_DIMENSIONS = ["account", "region", "engine", "environment", "owner"] as const;
export type CutDimension = (typeof CUT_DIMENSIONS)[number];

/** Key of brokers without an owner, and of those whose engine was never observed. */
export const NO_OWNER = "(none)";
export const UNKNOWN_ENGINE = "UNKNOWN";

/** Wanted keys; absent: no limit. Several keys of one dimension are alternatives, dimensions are all to be met. */
export interface FleetCut {
  accountId?: string | readonly string[];
  region?: string | readonly string[];
  engine?: string | readonly string[];
  environment?: string | readonly string[];
  /** An owner's key, or NO_OWNER. */
  ownerKey?: string | readonly string[];
}

/** A broker's key in a dimension. Environment is what the broker is classified as, not whether it counts as production. */
export function brokerKey({ snapshot }: KpiBroker, dimension: CutDimension): string {
  switch (dimension) {
    case "account":
      return snapshot.accountId;
    case "region":
      return snapshot.region;
    case "engine":
      return snapshot.attributes.engine ?? UNKNOWN_ENGINE;
    case "environment":
      return snapshot.environment.environment;
    case "owner":
      return snapshot.owner.ownerKey ?? NO_OWNER;
  }
}

/** The key in a dimension of an episode (environment and owner are those of the day it opened), or of a broker of the register. */
export function episodeKey(episode: KpiEpisode | KpiRegisterBroker, dimension: CutDimension): string {
  switch (dimension) {
    case "account":
      return episode.accountId;
    case "region":
      return episode.region;
    case "engine":
      return episode.engine;
    case "environment":
      return episode.environment;
    case "owner":
      return episode.ownerKey ?? NO_OWNER;
  }
}

/**
 * The snapshot limited to a cut. Costs cannot be told from brokers: the caller hands in those of the same cut, else cost KPIs are unavailable. A cut
 * without any limit is the snapshot itself.
 */
export function cutFleet(
  snapshot: FleetSnapshot,
  cut: FleetCut,
  costDays: readonly KpiCostDay[] | null = null,
): FleetSnapshot {
  const wanted: [CutDimension, ReadonlySet<string>][] = [];
  for (const [dimension, keys] of limitsOf(cut)) {
    if (keys !== undefined) wanted.push([dimension, new Set(typeof keys === "string" ? [keys] : keys)]);
  }
  if (wanted.length === 0) return costDays ? { ...snapshot, costDays } : snapshot;
  return {
    ...snapshot,
    brokers: snapshot.brokers.filter((broker) =>
      wanted.every(([dimension, keys]) => keys.has(brokerKey(broker, dimension))),
    ),
    episodes: snapshot.episodes.filter((episode) =>
      wanted.every(([dimension, keys]) => keys.has(episodeKey(episode, dimension))),
    ),
    register: cutRegister(snapshot.register, (broker) =>
      wanted.every(([dimension, keys]) => keys.has(episodeKey(broker, dimension))),
    ),
    costDays,
  };
}

/**
 * The snapshot by every key of one dimension that brokers, episodes or costs have, sorted by key; in one pass, where cutting for each key would look at
 * every broker as often as there are keys. Keys without costs get none (unavailable), not zero.
 */
export function splitFleet(
  snapshot: FleetSnapshot,
  dimension: CutDimension,
  costDaysByKey: ReadonlyMap<string, readonly KpiCostDay[]> = new Map(),
): ReadonlyMap<string, FleetSnapshot> {
  const brokers = groupBy(snapshot.brokers, (broker) => brokerKey(broker, dimension));
  const episodes = groupBy(snapshot.episodes, (episode) => episodeKey(episode, dimension));
  const keys = [...new Set([...brokers.keys(), ...episodes.keys(), ...costDaysByKey.keys()])].sort();
  return new Map(
    keys.map((key) => [
      key,
      {
        ...snapshot,
        brokers: brokers.get(key) ?? [],
        episodes: episodes.get(key) ?? [],
        register: cutRegister(snapshot.register, (broker) => episodeKey(broker, dimension) === key),
        costDays: costDaysByKey.get(key) ?? null,
      },
    ]),
  );
}

/** What touches a cut: an incident over brokers of two owners is in the register of both. */
function cutRegister(
  register: KpiRegister | undefined,
  wanted: (broker: KpiRegisterBroker) => boolean,
): KpiRegister | undefined {
  if (!register) return undefined;
  const touching = <T extends { brokers: readonly KpiRegisterBroker[] }>(items: readonly T[]): T[] =>
    items.filter(({ brokers }) => brokers.some(wanted));
  return {
    ...register,
    incidents: touching(register.incidents),
    drills: touching(register.drills),
    applications: touching(register.applications),
  };
}

function limitsOf(cut: FleetCut): [CutDimension, string | readonly string[] | undefined][] {
  return [
    ["account", cut.accountId],
    ["region", cut.region],
    ["engine", cut.engine],
    ["environment", cut.environment],
    ["owner", cut.ownerKey],
  ];
}
